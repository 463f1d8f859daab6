import { basename } from 'node:path';
import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { FileManifest } from '../hashing/hash-job.js';
import type { FileStamp } from '../hashing/regular-file.js';
import type { HeldFolder } from '../collections/held-folder.js';
import type { ContentRecord } from '../library/content-record.js';
import type { Library } from '../library/library.js';

type Held = Pick<Library, 'contents' | 'folders'>;

/** A file that this computer believes to hold a content, and what to do with what is found of it. */
export interface HeldFile {
  readonly path: string;
  readonly name: string;
  readonly contentId: ContentId;
  readonly size: number;
  readonly stamp: FileStamp;
  /** False when it was given up, or found to be another, meanwhile. */
  isHeld(): boolean;
  /** Its bytes are what they were, under another stamp. */
  keep(found: FileManifest): Promise<void>;
  setBroken(error: EnxameError): void;
  /** Its bytes are others, under the same stamp. */
  setDamaged(): Promise<void>;
}

/** Files held by themselves first, then those of folders that nothing else holds. */
export function* listHeldFiles(held: Held): Generator<HeldFile> {
  for (const record of held.contents.values()) if (!record.damaged) yield toHeldFile(held, record);
  for (const folder of held.folders.list()) {
    for (let index = 0; index < folder.collection.count; index++) {
      if (!folder.collection.isFile(index)) continue;
      if (!held.contents.getByPath(folder.pathOf(index))) yield toHeldMember(held, folder, index);
    }
  }
}

function toHeldFile({ contents }: Held, record: ContentRecord): HeldFile {
  const { path, contentId, size, heldAs } = record;
  return {
    path,
    name: basename(path),
    contentId,
    size,
    stamp: record,
    isHeld: () => {
      const now = contents.getByPath(path);
      return now?.contentId === contentId && now.mtimeMs === record.mtimeMs;
    },
    keep: async ({ manifest, mtimeMs, sha256 }) => {
      for (const reason of heldAs)
        await contents.add({ contentId, path, size, mtimeMs, sha256, manifest, heldAs: reason });
    },
    setBroken: (error) => {
      contents.setBroken(path, error);
    },
    setDamaged: () => contents.setDamaged(path),
  };
}

/** A file of a folder has no record of its own: what is found is told to the folder, whose owner looks at it again. */
function toHeldMember({ folders }: Held, folder: HeldFolder, index: number): HeldFile {
  const path = folder.pathOf(index);
  const stamp = folder.stampOf(index);
  const tell = (): void => {
    folders.tellChanged(folder);
  };
  return {
    path,
    name: basename(path),
    contentId: folder.collection.contentId(index),
    size: folder.collection.size(index),
    stamp,
    isHeld: () => folders.get(folder.key) === folder,
    keep: () => {
      tell();
      return Promise.resolve();
    },
    setBroken: tell,
    setDamaged: async () => {
      const { count } = folder.collection;
      const mtimes = Float64Array.from({ length: count }, (_, each) => folder.stampOf(each).mtimeMs);
      mtimes[index] = Number.NaN; // no file ever has this time: it is looked at again before it is served
      const realPaths = new Map(Array.from({ length: count }, (_, each) => [each, folder.realPathOf(each)]));
      const { key, root, heldAs, collectionId, collection } = folder;
      folders.tellChanged(await folders.put({ key, root, heldAs, collectionId, collection, mtimes, realPaths }));
    },
  };
}
