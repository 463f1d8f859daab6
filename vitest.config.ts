import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

// Unit tests run on the sources: the `source` condition of each package's exports points there.
export default defineConfig({
  resolve: {
    conditions: ['source'],
    alias: [
      { find: /^fast-check$/, replacement: fileURLToPath(new URL('scripts/seeded-fast-check.mjs', import.meta.url)) },
    ],
  },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
    exclude: [...configDefaults.exclude, '**/*.process.test.*', '**/*.long.test.*'],
    // A process for each of hundreds of files would load the same packages each time. Our own modules are fresh for
    // each file all the same; what a test changes of the world outside of them, it has to put back.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
