// Says whether anything that a build reads changed since the last build, in some milliseconds.

import { createHash } from 'node:crypto';
import { access, mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';

const outputs = new Set(['node_modules', 'dist', 'out', 'coverage', 'test-results']);

/**
 * Names, sizes and times of all files below the paths, as one hash.
 * @param {string} folder what the paths are relative to
 * @param {string[]} paths files and folders; what is built inside is passed over
 */
export async function stampOf(folder, paths) {
  const hash = createHash('sha256');
  for (const path of paths) for (const line of await describeFiles(folder, path)) hash.update(`${line}\n`);
  return hash.digest('hex');
}

async function describeFiles(folder, path) {
  const info = await stat(join(folder, path));
  if (!info.isDirectory()) return [`${path.split(sep).join('/')} ${info.size} ${info.mtimeMs}`];
  const names = (await readdir(join(folder, path))).filter((name) => !outputs.has(name)).sort();
  return (await Promise.all(names.map((name) => describeFiles(folder, join(path, name))))).flat();
}

/** Whether the stamp file says the same, and all that was built is still there. */
export async function isBuilt(stampPath, stamp, builtPaths) {
  const there = await Promise.all([readIfThere(stampPath), ...builtPaths.map(isThere)]);
  return there[0] === stamp && there.slice(1).every(Boolean);
}

export async function keepStamp(stampPath, stamp) {
  await mkdir(dirname(stampPath), { recursive: true });
  await writeFile(stampPath, stamp);
}

async function readIfThere(path) {
  return (await isThere(path)) ? readFile(path, 'utf8') : undefined;
}

async function isThere(path) {
  try {
    await access(path);
    return true;
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}
