import { access, lstat, readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, parse, resolve } from 'node:path';
import { maxListedNames, type FolderListing } from '@enxame/shared/engine/folder-listing';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

export interface ListFolderOptions {
  /** The home folder when not given. */
  readonly path?: string | undefined;
  readonly downloadsFolder: string;
  readonly home?: string;
}

type ListedName = FolderListing['names'][number];

const natural = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const statsAtOnce = 64;

/**
 * One folder of this computer: folders first, then files, in the order in which people count; hidden ones, links and
 * what is neither are left out. Throws `path-not-found`, `path-unreadable`, `path-not-a-file` (it is no folder).
 */
export async function listFolder(options: ListFolderOptions): Promise<FolderListing> {
  const home = options.home ?? homedir();
  const path = resolve(options.path ?? home);
  const entries = await readFolder(path);
  const visible = entries.filter((entry) => !entry.name.startsWith('.') && (entry.isFile() || entry.isDirectory()));
  visible.sort((a, b) => Number(b.isDirectory()) - Number(a.isDirectory()) || compareNames(a.name, b.name));
  const names: ListedName[] = [];
  const shown = visible.slice(0, maxListedNames);
  for (let start = 0; start < shown.length; start += statsAtOnce) {
    const some = shown.slice(start, start + statsAtOnce);
    const listed = await Promise.all(some.map((entry) => toListed(join(path, entry.name), entry.name, entry.isFile())));
    names.push(...listed.filter((name) => name !== undefined));
  }
  return {
    path,
    parent: dirname(path) === path ? null : dirname(path),
    places: [
      { kind: 'home', path: home },
      { kind: 'downloads', path: options.downloadsFolder },
      ...(await listRoots()).map((root) => ({ kind: 'root' as const, path: root })),
    ],
    names,
    truncated: visible.length > shown.length,
  };
}

function compareNames(a: string, b: string): number {
  return natural.compare(a, b) || (a < b ? -1 : 1);
}

async function readFolder(path: string) {
  try {
    return await readdir(path, { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    switch (code) {
      case 'ENOENT':
      case 'ENAMETOOLONG':
        throw new EnxameError('path-not-found', { path }, { cause: error });
      case 'ENOTDIR':
        throw new EnxameError('path-not-a-file', { path }, { cause: error });
      default:
        throw new EnxameError('path-unreadable', { path }, { cause: error });
    }
  }
}

/** Undefined when it went away meanwhile, or may not be looked at. */
async function toListed(path: string, name: string, isFile: boolean): Promise<ListedName | undefined> {
  if (!isFile) return { name, path, kind: 'folder', size: 0 };
  const stats = await lstat(path).catch(() => undefined);
  return stats && { name, path, kind: 'file', size: stats.size };
}

/** `/`, or the drives of Windows that answer. */
async function listRoots(): Promise<string[]> {
  if (process.platform !== 'win32') return [parse(resolve('/')).root];
  const drives = Array.from({ length: 26 }, (_, index) => `${String.fromCharCode(65 + index)}:\\`);
  const found = await Promise.all(drives.map((drive) => access(drive).then(() => drive, () => undefined))); // prettier-ignore
  return found.filter((drive) => drive !== undefined);
}
