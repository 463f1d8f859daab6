import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig, type Plugin, type Rollup } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** What a page may weigh at first: its script and style and all that these import, gzipped. Fonts come as they are needed. */
const maxPageBytes: Readonly<Record<string, number>> = { link: 110_000, index: 160_000 };

/** Says the weight of each page, and ends a build in which one is too heavy. */
function weigh(): Plugin {
  return {
    name: 'enxame-weigh',
    generateBundle(_, bundle) {
      for (const [page, most] of Object.entries(maxPageBytes)) {
        const entry = Object.values(bundle).find((part) => part.type === 'chunk' && part.isEntry && part.name === page);
        if (entry?.type !== 'chunk') return this.error(`there is no page ${page}`);
        const bytes = [...filesOf(entry, bundle)].reduce((sum, name) => sum + weightOf(bundle[name]), 0);
        this.info(`the page ${page} weighs ${String(Math.round(bytes / 1000))} kB gzipped, of ${String(most / 1000)}`);
        if (bytes > most) this.error(`the page ${page} weighs ${String(bytes)} bytes gzipped: more than it may`);
      }
    },
  };
}

/** A chunk, what it imports at once, and their styles. */
function filesOf(chunk: Rollup.OutputChunk, bundle: Rollup.OutputBundle, seen = new Set<string>()): Set<string> {
  if (seen.has(chunk.fileName)) return seen;
  seen.add(chunk.fileName);
  for (const name of chunk.viteMetadata?.importedCss ?? []) seen.add(name);
  for (const name of chunk.imports) {
    const next = bundle[name];
    if (next?.type === 'chunk') filesOf(next, bundle, seen);
  }
  return seen;
}

function weightOf(part: Rollup.OutputAsset | Rollup.OutputChunk | undefined): number {
  return part ? gzipSync(part.type === 'chunk' ? part.code : part.source).length : 0;
}

// The pages run under a strict Content-Security-Policy: no inline script or style, no data: font, nothing from elsewhere.
export default defineConfig({
  root: here('src'),
  base: '/',
  plugins: [react(), weigh()],
  resolve: {
    conditions: ['source', ...defaultClientConditions],
    // Written as React, run by Preact: a seventh of its weight, for pages that are opened once, on a phone. (ADR 0016)
    alias: [
      { find: 'react/jsx-runtime', replacement: 'preact/jsx-runtime' },
      { find: 'react-dom/client', replacement: 'preact/compat/client' },
      { find: /^react(-dom)?$/, replacement: 'preact/compat' },
    ],
  },
  build: {
    outDir: here('dist/pages'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rolldownOptions: { input: { index: here('src/index.html'), link: here('src/link.html') } },
  },
});
