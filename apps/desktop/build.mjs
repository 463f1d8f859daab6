// Builds the desktop app into out/: main, preload and engine process with esbuild, the page with Vite. Each part is built
// only when one of its inputs changed since its last build, so a second run takes a moment.
//   node apps/desktop/build.mjs [--force]

import { createHash } from 'node:crypto';
import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const src = (path) => join(here, 'src', path);
const shared = join(root, 'packages/shared/src');
const always = [join(here, 'build.mjs'), join(root, 'package-lock.json')];

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
  // Packages in CommonJS ask for Node's modules by `require`, which a module does not have.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
};

const parts = [
  {
    name: 'main',
    inputs: [src('main'), src('bridge'), shared],
    build: bundle({ ...esm, entryPoints: { main: src('main/main.ts') }, external: ['electron'] }),
  },
  {
    name: 'preload',
    inputs: [src('preload'), src('bridge'), shared],
    // A sandboxed preload is one CommonJS file.
    build: bundle({
      ...node,
      format: 'cjs',
      entryPoints: { preload: src('preload/preload.ts') },
      outExtension: { '.js': '.cjs' },
      external: ['electron'],
    }),
  },
  {
    name: 'engine-process',
    inputs: [
      src('engine-process'),
      src('bridge'),
      shared,
      ...['engine', 'identity', 'storage'].map((name) => join(root, 'packages', name, 'src')),
    ],
    build: bundle({
      ...esm,
      entryPoints: {
        'engine-process': src('engine-process/engine-process.ts'),
        'hash-worker': join(root, 'packages/engine/src/hashing/hash-worker.ts'),
      },
      external: native,
    }),
  },
  {
    name: 'renderer',
    inputs: [src('renderer'), src('bridge'), shared, join(here, 'vite.config.ts')],
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
      const fingerprint = await fingerprintOf([...always, ...inputs]);
      const known = await readFile(join(here, 'out', name, '.stamp'), 'utf8').catch(missing);
      if (!force && known === fingerprint) return [];
      const folder = join(here, 'out', name);
      await rm(folder, { recursive: true, force: true }); // a build that fails must not look like one that is done
      await build(folder);
      await writeFile(join(folder, '.stamp'), fingerprint);
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

/** Names, sizes and times of all files: what a build could read. */
async function fingerprintOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths) for (const line of await describeFiles(path)) hash.update(`${line}\n`);
  return hash.digest('hex');
}

async function describeFiles(path) {
  const info = await stat(path);
  if (!info.isDirectory()) return [`${relative(root, path)} ${info.size} ${info.mtimeMs}`];
  const names = (await readdir(path)).sort().filter((name) => !/\.test\.tsx?$/.test(name));
  return (await Promise.all(names.map((name) => describeFiles(join(path, name))))).flat();
}

function missing(error) {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const built = await buildDesktop({ force: process.argv.includes('--force') });
  process.stdout.write(built.length === 0 ? 'desktop: nothing changed\n' : `desktop: built ${built.join(', ')}\n`);
}
