import { defineConfig } from 'vitest/config';

// Tests that take minutes: `npm run test:long` (scripts/test-long.mjs). Unit logic runs on the sources; a test that starts
// the real programs runs the built ones. Each takes its seed from ENXAME_SEED and has it in its title.
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
