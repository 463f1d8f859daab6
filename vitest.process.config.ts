import { defineConfig } from 'vitest/config';

// Tests that start the built programs as processes, and npm's scripts; `npm test` builds first.
export default defineConfig({
  test: {
    include: ['{packages,apps}/*/src/**/*.process.test.ts', 'scripts/**/*.process.test.mjs'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Half of their time goes by in waiting: for limits that are kept, for routers, for what a killed program left behind.
    maxWorkers: 2,
    // What a tracker has to say of an ordinary day would drown what failed.
    env: { ENXAME_LOG_LEVEL: 'warn' },
  },
});
