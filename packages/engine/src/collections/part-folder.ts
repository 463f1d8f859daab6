/**
 * A folder on its way: "name.<id>.part", beside where it will be. Owns what is in it until it gets its name; the board
 * says what of it is verified. Order of calls: `open`, whatever fills it, `finish`. (docs/spec/content.md, C15)
 */
import { lstat, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toDiskError } from '@enxame/storage/disk-error';
import { flushFolder } from '@enxame/storage/durable-file';
import { isSameStamp } from '../hashing/regular-file.js';
import { freeBytes, reserveBytes, toDiskFull } from '../preflight/room.js';
import { partFilePath, type PartFilePlace } from '../transfers/part-file.js';
import { flushFileSystem } from './flush-file-system.js';
import type { FolderBoard } from './folder-board.js';
import type { FolderThread } from './folder-thread.js';
import { giveFolderName } from './give-folder-name.js';

export interface PartFolder {
  readonly path: string;
  /** It was there already: what is in it may be worth something. */
  readonly wasThere: boolean;
  pathOf(index: number): string;
  /** Throws `disk-full` with what is missing, when what is not done does not fit. */
  checkRoom(): Promise<void>;
  /** Flushes, looks whether every file is what was verified, and gives the folder its name. Returns the path. */
  finish(): Promise<string>;
}

/** What a small file takes on most disks. */
const blockBytes = 4096;
/** Entries handled between two looks at the rest of the engine's work. */
const sliceEntries = 2000;

/** Makes the folder, and all folders in it. Throws what the disk says. */
export async function openPartFolder(
  place: PartFilePlace,
  board: FolderBoard,
  thread: FolderThread,
): Promise<PartFolder> {
  const path = partFilePath(place);
  const { collection } = board;
  const pathOf = (index: number): string => join(path, collection.path(index));

  async function foldersInside(): Promise<string[]> {
    const folders = new Set<string>([path]);
    for (let index = 0; index < collection.count; index++) {
      if (index % sliceEntries === 0) await nextTurn();
      const entry = pathOf(index);
      folders.add(collection.isFile(index) ? dirname(entry) : entry);
    }
    return [...folders];
  }

  async function lookAll(): Promise<void> {
    for (let start = 0; start < collection.count; start += sliceEntries) {
      const indexes = Array.from({ length: Math.min(sliceEntries, collection.count - start) }, (_, at) => start + at);
      const files = indexes.filter((index) => collection.isFile(index));
      const { stamps } = await thread.run('look', { files: files.map(pathOf) });
      for (const [at, index] of files.entries()) {
        const there = stamps[at];
        const verified = { size: collection.size(index), mtimeMs: board.mtimes[index] ?? Number.NaN };
        if (there && isSameStamp(there, verified)) continue;
        board.unmark(index);
        await stat(place.folder); // says `folder-missing` when it is the disk that is gone
        throw new EnxameError(there ? 'file-changed' : 'file-vanished', { name: collection.path(index) });
      }
    }
  }

  const translate = (error: unknown): unknown => toDiskError(error, place.folder);
  try {
    const wasThere = await isThere(path);
    await makeFolder(place.folder);
    const folders = await foldersInside();
    for (let start = 0; start < folders.length; start += sliceEntries) {
      await thread.run('make-folders', { folder: place.folder, folders: folders.slice(start, start + sliceEntries) });
    }
    return {
      path,
      wasThere,
      pathOf,
      checkRoom: async () => {
        try {
          const free = await freeBytes(place.folder);
          const needed = await roomFor(board);
          if (free < needed + reserveBytes) throw toDiskFull(place.folder, needed, free);
        } catch (error) {
          throw translate(error);
        }
      },
      finish: async () => {
        try {
          const files = Array.from({ length: collection.count }, (_, index) => index).filter((index) =>
            collection.isFile(index),
          );
          // Each is looked at while the disk works.
          const [isFlushed] = await Promise.all([flushFileSystem(path, files.length), lookAll()]);
          if (!isFlushed) {
            await thread.run('flush', { folder: path, files: files.map(pathOf), folders });
            await lookAll();
          }
          const named = await giveFolderName(path, place);
          await flushFolder(place.folder);
          return named;
        } catch (error) {
          throw translate(error);
        }
      },
    };
  } catch (error) {
    throw translate(error);
  }
}

/** In whole blocks. */
export async function roomFor({ collection, isDone }: Pick<FolderBoard, 'collection' | 'isDone'>): Promise<number> {
  let bytes = 0;
  for (let index = 0; index < collection.count; index++) {
    if (index % sliceEntries === 0) await nextTurn();
    if (!isDone(index)) bytes += Math.ceil(collection.size(index) / blockBytes) * blockBytes;
  }
  return bytes;
}

async function isThere(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new EnxameError('folder-is-a-file', { folder }, { cause: error });
  }
}
