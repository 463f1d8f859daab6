import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isPassedOver } from './unfinished-names.js';

/** Of a folder so much is looked at: one that changes further on is noticed by the library once it is shared. */
const maxLooked = 20_000;

/** What a file, or a folder with all that is in it, looks like; equal as long as nobody writes. */
export interface ItemLook {
  readonly summary: string;
  readonly isEmpty: boolean;
  readonly isFolder: boolean;
}

/** Undefined when it is not there, is neither a file nor a folder, or holds something that is still being written. */
export async function lookAtItem(path: string): Promise<ItemLook | undefined> {
  const stats = await lstat(path).catch(() => undefined); // gone between two looks
  if (stats?.isFile() === true) {
    return { summary: `${String(stats.size)} ${String(stats.mtimeMs)}`, isEmpty: stats.size === 0, isFolder: false };
  }
  if (stats?.isDirectory() !== true) return undefined;
  let [files, bytes, newest] = [0, 0, stats.mtimeMs];
  const folders = [path];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (files > maxLooked) break;
      if (entry.isFile() && !entry.name.startsWith('.') && isPassedOver(entry.name)) return undefined;
      const inside = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(inside);
      const found = await lstat(inside).catch(() => undefined);
      if (!found) return undefined; // it is being changed
      files++;
      bytes += entry.isFile() ? found.size : 0;
      newest = Math.max(newest, found.mtimeMs);
    }
  }
  return { summary: `${String(files)} ${String(bytes)} ${String(newest)}`, isEmpty: files === 0, isFolder: true };
}
