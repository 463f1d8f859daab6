// Builds the desktop app into out/: main, preload and engine process with esbuild, the page with Vite. Each part is built
// only when one of its inputs changed since its last build, so a second run takes a moment.
//   node apps/desktop/build.mjs [--force]

import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isBuilt, keepStamp, stampOf } from '../../scripts/source-stamp.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
/** What each part is built from, besides its own: paths from the top of the project. */
const always = ['apps/desktop/build.mjs', 'package-lock.json', 'packages/shared/src', 'apps/desktop/src/bridge'];

/** Packages that stay packages: they load a native file that lies beside them. */
const native = ['@napi-rs/blake-hash'];

const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  conditions: ['source'],
  legalComments: 'linked',
  keepNames: true,
  logLevel: 'warning',
  absWorkingDir: root,
};
const esm = {
  ...node,
  format: 'esm',
  // What packages in CommonJS expect to be there, and a module does not have.
  banner: {
    js: [
      "import { createRequire as __createRequire } from 'node:module';",
      'const require = __createRequire(import.meta.url);',
      'const __filename = import.meta.filename;',
      'const __dirname = import.meta.dirname;',
    ].join('\n'),
  },
};

const parts = [
  {
    name: 'main',
    inputs: ['apps/desktop/src/main', 'build/tray'],
    build: async (outdir) => {
      await bundle({ ...esm, entryPoints: { main: join(here, 'src/main/main.ts') }, external: ['electron'] })(outdir);
      const isIcon = (path) => !path.endsWith('.svg');
      await cp(join(root, 'build/tray'), join(outdir, 'tray'), { recursive: true, filter: isIcon });
    },
  },
  {
    name: 'preload',
    inputs: ['apps/desktop/src/preload'],
    // A sandboxed preload is one CommonJS file.
    build: bundle({
      ...node,
      format: 'cjs',
      entryPoints: { preload: join(here, 'src/preload/preload.ts') },
      outExtension: { '.js': '.cjs' },
      external: ['electron'],
    }),
  },
  {
    name: 'engine-process',
    inputs: [
      'apps/desktop/src/engine-process',
      'packages/engine/src',
      'packages/identity/src',
      'packages/storage/src',
      'packages/wormhole/src',
    ],
    build: bundle({
      ...esm,
      entryPoints: {
        'engine-process': join(here, 'src/engine-process/engine-process.ts'),
        'hash-worker': join(root, 'packages/engine/src/hashing/hash-worker.ts'),
        'folder-worker': join(root, 'packages/engine/src/collections/folder-worker.ts'),
        'sealing-worker': join(root, 'packages/wormhole/src/sealing/sealing-worker.ts'),
      },
      external: native,
    }),
  },
  {
    name: 'renderer',
    inputs: ['apps/desktop/src/renderer', 'apps/desktop/vite.config.ts', 'packages/ui/src'],
    build: async () => {
      const { build } = await import('vite');
      await build({ configFile: join(here, 'vite.config.ts'), logLevel: 'warn' });
    },
  },
];

/**
 * Builds what changed. Resolves to the names of the parts that were built.
 * @param {{ force?: boolean }} [options]
 */
export async function buildDesktop({ force = false } = {}) {
  const results = await Promise.allSettled(
    parts.map(async ({ name, inputs, build }) => {
      const folder = join(here, 'out', name);
      const stampPath = join(folder, '.stamp');
      const stamp = await stampOf(root, [...always, ...inputs]);
      if (!force && (await isBuilt(stampPath, stamp, []))) return [];
      await rm(folder, { recursive: true, force: true }); // a build that fails must not look like one that is done
      await build(folder);
      await keepStamp(stampPath, stamp);
      return [name];
    }),
  );
  const failure = results.find(({ status }) => status === 'rejected');
  if (failure) throw failure.reason;
  return results.flatMap(({ value }) => value);
}

function bundle(options) {
  return async (outdir) => {
    const { build } = await import('esbuild');
    await build({ ...options, outdir });
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const built = await buildDesktop({ force: process.argv.includes('--force') });
  process.stdout.write(built.length === 0 ? 'desktop: nothing changed\n' : `desktop: built ${built.join(', ')}\n`);
}
