import type { Dirent } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { maxCollectionDepth, maxCollectionPathBytes } from '@enxame/shared/content/collection';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toSafeNames } from './safe-names.js';

/** Something below a folder, in the order of a collection. */
export type FoundBelow =
  | {
      readonly kind: 'file' | 'empty-folder';
      /** As a collection has it: safe names, `/` between them. */
      readonly path: string;
      /** As it is here, below the root; another one than `path` when a name is not safe everywhere. */
      readonly realPath: string;
      readonly isHidden: boolean;
    }
  | { readonly kind: 'refused'; readonly realPath: string; readonly error: EnxameError };

/** What is on its way here, by Enxame itself: it changes all the time, and is no file yet. */
const partName = /\.[0-9a-z-]{8}\.part$/;
/** Names handled between two looks at the rest of the engine's work. */
const sliceNames = 2000;

/** What is in a folder, or was chosen to be together. */
interface Listed {
  readonly name: string;
  /** Below the root. */
  readonly realPath: string;
  readonly entry: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;
}

/** Where to look: a folder, or the given paths below it as if they alone were in it. */
export interface WalkRoot {
  readonly path: string;
  /** Without links on the way to it, for `isPrivate`. */
  readonly realPath: string;
  readonly chosen: readonly string[] | undefined;
}

/**
 * All files and empty folders below a root. Hidden ones too: a folder without its `.git` or `.env` would not be the
 * folder. Links, devices and what `isPrivate` says must stay are refused one by one; the rest goes on.
 */
export async function* walkBelow(root: WalkRoot, isPrivate: (realPath: string) => boolean): AsyncGenerator<FoundBelow> {
  let handled = 0;

  async function list(realPath: string): Promise<Listed[]> {
    const entries = await readdir(join(root.path, realPath), { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, realPath: join(realPath, entry.name), entry }));
  }

  async function* walk(
    listed: readonly Listed[],
    path: string,
    depth: number,
    isHidden: boolean,
  ): AsyncGenerator<FoundBelow> {
    for (const [safeName, { name, realPath, entry }] of toSafeNames(listed)) {
      if (++handled % sliceNames === 0) await nextTurn();
      const below = {
        path: path === '' ? safeName : `${path}/${safeName}`,
        realPath,
        isHidden: isHidden || name.startsWith('.'),
      };
      const absolute = join(root.path, realPath);
      const error = isPrivate(join(root.realPath, realPath))
        ? new EnxameError('path-unreadable', { path: absolute })
        : refusalOf(entry, below.path, absolute, depth);
      if (error) yield { kind: 'refused', realPath, error };
      else if (entry.isFile()) yield { kind: 'file', ...below };
      else yield* walkFolder(below, depth);
    }
  }

  async function* walkFolder(
    folder: { readonly path: string; readonly realPath: string; readonly isHidden: boolean },
    depth: number,
  ): AsyncGenerator<FoundBelow> {
    const { path, realPath, isHidden } = folder;
    let listed: Listed[];
    try {
      listed = (await list(realPath)).filter(({ name }) => !partName.test(name));
    } catch (error) {
      const unreadable = new EnxameError('path-unreadable', { path: join(root.path, realPath) }, { cause: error });
      yield { kind: 'refused', realPath, error: unreadable };
      return;
    }
    if (listed.length === 0 && path !== '') yield { kind: 'empty-folder', ...folder };
    else yield* walk(listed, path, depth + 1, isHidden);
  }

  if (!root.chosen) yield* walkFolder({ path: '', realPath: '', isHidden: false }, 0);
  else yield* walk(await listChosen(root.path, root.chosen), '', 1, false);
}

/** What is not there any more is left out: the others go on. */
async function listChosen(root: string, chosen: readonly string[]): Promise<Listed[]> {
  const listed = await Promise.all(
    chosen.map(async (path) => {
      const entry = await lstat(path).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error) return undefined;
        throw error;
      });
      return entry && { name: basename(path), realPath: relative(root, path), entry };
    }),
  );
  return listed.filter((each) => each !== undefined);
}

function refusalOf(entry: Listed['entry'], path: string, absolute: string, depth: number): EnxameError | undefined {
  if (entry.isSymbolicLink()) return new EnxameError('path-is-a-link', { path: absolute });
  if (!entry.isFile() && !entry.isDirectory()) return new EnxameError('path-not-a-file', { path: absolute });
  // A name that is no text: asked for under its replacement it is not found.
  if (absolute.includes('\ufffd')) return new EnxameError('path-unreadable', { path: absolute });
  const isTooLong = Buffer.byteLength(path) > maxCollectionPathBytes || depth > maxCollectionDepth;
  return isTooLong ? new EnxameError('too-large') : undefined;
}
