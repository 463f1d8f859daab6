import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What belongs to a process and not to the data: locks, what is being written, what is still coming in. */
const passing = [
  /^lock(\.stale-\d+)?$/,
  /\.jsonl?\.\d+$/,
  /^hosted\/incoming(\/|$)/,
  /\.part$/,
  /^orders(\/|$)/,
  /\.sock$/,
];
/** Set aside when it was found to be broken: for a person to look at, and in a backup too. */
const setAside = /\.broken-\d+$/;

export const isSetAside = (path: string): boolean => setAside.test(path);

/**
 * The files of a data folder that are to be kept, with `/` between, in the order in which they are to be copied: what
 * refers to others before what it refers to. A file that was there when who refers to it was copied is there later.
 */
export async function listDataFiles(dataFolder: string): Promise<string[]> {
  const files = await list(dataFolder, '');
  return files.sort((left, right) => orderOf(left) - orderOf(right) || (left < right ? -1 : 1));
}

async function list(dataFolder: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const item of await readdir(join(dataFolder, folder), { withFileTypes: true })) {
    const path = folder === '' ? item.name : `${folder}/${item.name}`;
    if (passing.some((pattern) => pattern.test(path))) continue;
    if (item.isDirectory()) found.push(...(await list(dataFolder, path)));
    else if (item.isFile()) found.push(path);
  }
  return found;
}

/** Records of hosted copies before their bytes, what belongs to people before the people. */
function orderOf(path: string): number {
  if (path === 'users.json') return 3;
  if (path.startsWith('hosted/') && !path.endsWith('.jsonl')) return 2;
  return 1;
}
