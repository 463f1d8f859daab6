import { configDefaults, defineConfig } from 'vitest/config';

// Unit tests run on the sources: the `source` condition of each package's exports points there.
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}', 'scripts/**/*.test.mjs'],
    exclude: [...configDefaults.exclude, '**/*.process.test.*', '**/*.long.test.*'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
