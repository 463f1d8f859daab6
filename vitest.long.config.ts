import { defineConfig } from 'vitest/config';

// Tests that take minutes, on the sources: `npm run test:long`. Each prints its seed; SEED=... repeats one.
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['{packages,apps}/*/src/**/*.long.test.ts'],
    testTimeout: 30 * 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
  },
});
