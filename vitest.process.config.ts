import { defineConfig } from 'vitest/config';

// Tests that start the built programs as processes, and npm's scripts; `npm test` builds first.
export default defineConfig({
  test: {
    include: ['{packages,apps}/*/src/**/*.process.test.ts', 'scripts/**/*.process.test.mjs'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Each starts several programs: side by side they would only wait for each other.
    fileParallelism: false,
    // What a tracker has to say of an ordinary day would drown what failed.
    env: { ENXAME_LOG_LEVEL: 'warn' },
  },
});
