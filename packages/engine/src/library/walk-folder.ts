import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

export type Walked = { readonly path: string } | { readonly path: string; readonly error: EnxameError };

/**
 * The ordinary files below a folder, one by one, in the order of their names. Hidden ones, links, and what `isPrivate`
 * says must stay are passed over; a folder that cannot be read is told and passed over. `realFolder` is the folder
 * without links on the way to it, for `isPrivate`.
 */
export async function* walkFolder(
  folder: string,
  realFolder: string,
  isPrivate: (realPath: string) => boolean,
): AsyncGenerator<Walked> {
  let names: Dirent[];
  try {
    names = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    yield { path: folder, error: new EnxameError('path-unreadable', { path: folder }, { cause: error }) };
    return;
  }
  names.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of names) {
    const path = join(folder, entry.name);
    const realPath = join(realFolder, entry.name);
    if (entry.name.startsWith('.') || isPrivate(realPath)) continue;
    if (entry.isFile()) yield { path };
    else if (entry.isDirectory()) yield* walkFolder(path, realPath, isPrivate);
  }
}
