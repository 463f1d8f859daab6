import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What the page may weigh: script and style as they travel, gzipped. Fonts come as they are needed. */
const maxBundleBytes = 400_000;

/** Says the weight of each build, and ends one that is too heavy. */
function weigh(): Plugin {
  return {
    name: 'enxame-weigh',
    generateBundle(_, bundle) {
      const bytes = Object.values(bundle)
        .filter(({ fileName }) => /\.(js|css)$/.test(fileName))
        .reduce((sum, part) => sum + gzipSync(part.type === 'chunk' ? part.code : part.source).length, 0);
      this.info(`the page weighs ${String(Math.round(bytes / 1000))} kB gzipped, of ${String(maxBundleBytes / 1000)}`);
      if (bytes > maxBundleBytes) this.error(`the page weighs ${String(bytes)} bytes gzipped: more than it may`);
    },
  };
}

// Whatever starts the build, a test too: the page is React as it is shipped, not its slower half for development.
process.env['NODE_ENV'] = 'production';

// The page runs under a strict Content-Security-Policy: no inline script or style, no data: font, nothing from elsewhere.
export default defineConfig({
  root: here('src/renderer'),
  base: './',
  plugins: [react(), weigh()],
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: {
    outDir: here('out/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    chunkSizeWarningLimit: 1200,
  },
});
