// Builds the pages of the tracker into dist/pages, with Vite, only when one of their inputs changed since the last build.
//   node apps/web/build.mjs [--force]

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isBuilt, keepStamp, stampOf } from '../../scripts/source-stamp.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const inputs = [
  'apps/web/build.mjs',
  'apps/web/vite.config.ts',
  'apps/web/src',
  'package-lock.json',
  'packages/shared/src',
  'packages/ui/src',
];

/**
 * Resolves to whether anything was built.
 * @param {{ force?: boolean }} [options]
 */
export async function buildWeb({ force = false } = {}) {
  const stampPath = join(here, 'dist/pages.stamp');
  const stamp = await stampOf(root, inputs);
  if (!force && (await isBuilt(stampPath, stamp, [join(here, 'dist/pages/index.html')]))) return false;
  await rm(stampPath, { force: true }); // a build that fails must not look like one that is done
  const { build } = await import('vite');
  await build({ configFile: join(here, 'vite.config.ts'), logLevel: 'warn' });
  await keepStamp(stampPath, stamp);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const built = await buildWeb({ force: process.argv.includes('--force') });
  process.stdout.write(built ? 'web: built the pages\n' : 'web: nothing changed\n');
}
