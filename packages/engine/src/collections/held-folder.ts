import { dirname, join } from 'node:path';
import type { Collection } from '@enxame/shared/content/collection';
import type { ContentId } from '@enxame/shared/ids';
import type { HeldAs } from '../library/content-record.js';
import type { FileStamp } from '../hashing/regular-file.js';
import { createMemberIndex, type MemberIndex } from './member-index.js';

/**
 * A folder on this computer that was, when it was last looked at, the one that its collection lists: shared from here,
 * or fetched. Small files of it are held by this alone: ten thousand of them cost no record each.
 */
export interface HeldFolder {
  /** The entry that it is shared as, or the transfer that brought it. */
  readonly key: string;
  readonly root: string;
  readonly heldAs: HeldAs;
  readonly collectionId: ContentId;
  readonly collection: Collection;
  /** Where a file really is; a name that is not safe everywhere has another one in the collection. */
  pathOf(index: number): string;
  /** The same, below the root. */
  realPathOf(index: number): string;
  /** As it was when it was hashed. */
  stampOf(index: number): FileStamp;
  hasTimes(mtimes: Float64Array): boolean;
  readonly members: MemberIndex;
}

export interface HeldFolderParts {
  readonly key: string;
  readonly root: string;
  readonly heldAs: HeldAs;
  readonly collectionId: ContentId;
  readonly collection: Collection;
  /** Milliseconds, one an entry. */
  readonly mtimes: Float64Array;
  /** The paths below the root that are not those of the collection, by index. */
  readonly realPaths: ReadonlyMap<number, string>;
}

export function createHeldFolder(parts: HeldFolderParts): HeldFolder {
  const { root, collection, mtimes, realPaths } = parts;
  let members: MemberIndex | undefined;
  const realPathOf = (index: number): string => realPaths.get(index) ?? join(collection.path(index));
  return {
    ...parts,
    realPathOf,
    pathOf: (index) => join(root, realPathOf(index)),
    stampOf: (index) => ({ size: collection.size(index), mtimeMs: mtimes[index] ?? Number.NaN }),
    hasTimes: (others) => mtimes.length === others.length && mtimes.every((time, index) => time === others[index]),
    get members() {
      return (members ??= createMemberIndex(collection));
    },
  };
}

/** Every folder that something of it is in. */
export function foldersOf(held: HeldFolder | undefined): Set<string> {
  const folders = new Set<string>();
  if (!held) return folders;
  folders.add(held.root);
  for (let index = 0; index < held.collection.count; index++) {
    const path = held.pathOf(index);
    if (!held.collection.isFile(index)) folders.add(path);
    // Up to one that is known already: in the order of a collection that is nearly always the first.
    for (let above = dirname(path); above.length > held.root.length && !folders.has(above); above = dirname(above)) {
      folders.add(above);
    }
  }
  return folders;
}
