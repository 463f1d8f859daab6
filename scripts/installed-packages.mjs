// Whether node_modules is what package-lock.json says, without asking npm, which takes seconds.

import { readFile } from 'node:fs/promises';
import { inProject } from './run-command.mjs';

/**
 * npm leaves a list of what it installed. Its time says little (`npm install` writes the lock after it), so the two are
 * compared: every package that is not optional must be there, and each must be the same one.
 * @param {{ packages: Record<string, LockedPackage> }} lock
 * @param {{ packages: Record<string, LockedPackage> }} installed
 * @typedef {{ version?: string, resolved?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean, dependencies?: object, bin?: object }} LockedPackage
 */
export function isInstalled(lock, installed) {
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '');
  const isMissing = ([path, entry]) => !installed.packages[path] && !entry.optional && !entry.devOptional;
  const isOther = ([path, entry]) => {
    const found = installed.packages[path];
    return (
      found && (found.version !== entry.version || found.integrity !== entry.integrity || !hasSameBins(found, entry))
    );
  };
  const isUnknown = (path) => path !== '' && !lock.packages[path];
  return !wanted.some(isMissing) && !wanted.some(isOther) && !Object.keys(installed.packages).some(isUnknown);
}

/** A new command of a workspace needs its link in `.bin`. */
function hasSameBins(found, entry) {
  return JSON.stringify(found.bin ?? {}) === JSON.stringify(entry.bin ?? {});
}

export async function areDependenciesInstalled() {
  const [lock, installed] = await Promise.all([
    readJson(inProject('package-lock.json')),
    readJson(inProject('node_modules/.package-lock.json')),
  ]);
  return installed !== undefined && isInstalled(lock, installed);
}

async function readJson(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
