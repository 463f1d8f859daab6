import { closeSync, fsyncSync, openSync } from 'node:fs';
import type { FolderTasks } from './folder-tasks.js';

/** Puts files and folders on disk, one after the other. */
export function flushFiles({ files, folders }: FolderTasks['flush']['input']): null {
  for (const path of files) flushOne(path);
  // Windows cannot flush a folder, and needs not.
  if (process.platform !== 'win32') for (const path of folders) flushOne(path);
  return null;
}

function flushOne(path: string): void {
  // Windows flushes only what is open for writing; a folder elsewhere is only open for reading.
  const file = openSync(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
