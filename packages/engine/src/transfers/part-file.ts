import { constants, type Stats } from 'node:fs';
import { link, lstat, mkdir, open, stat, statfs, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import { pieceBytesFor } from '@enxame/shared/content/piece-size';
import type { Manifest } from '@enxame/shared/content/manifest';
import { toDiskError } from '@enxame/storage/disk-error';
import { flushFolder, removeFile, renameDurably } from '@enxame/storage/durable-file';
import { candidateNames } from './free-name.js';
import { createPieceWriter } from './piece-writer.js';

/** A content on its way, beside where it will be: "name.ext.<id>.part". (docs/spec/content.md, C4) */
export interface PartFile {
  /** Made just now: it holds nothing that could be verified. */
  readonly isNew: boolean;
  /** Adjacent pieces, from `first` on; their bytes must stay as they are until it resolves. */
  write(pieces: readonly Uint8Array[], first: number): Promise<void>;
  /** As the writer's. */
  readonly isCold: boolean;
  /** Flushes, gives the file its name without touching what is there, and returns the path. Closes the file. */
  finish(): Promise<string>;
  /** Twice without harm. */
  close(): Promise<void>;
}

/** What a file system keeps for itself, so that a full disk is told before it is full. */
const reserveBytes = 4 * 1024 * 1024;

export interface PartFilePlace {
  readonly folder: string;
  readonly name: string;
  /** Tells two downloads of one name apart. */
  readonly id: string;
}

export function partFilePath({ folder, name, id }: PartFilePlace): string {
  return join(folder, `${toSafeFileName(name)}.${id.slice(0, 8)}.part`);
}

/** Opens the part file, or makes it. Throws `disk-full` before the first byte, `folder-not-writable`, `folder-missing`, `disk-failed`. */
export async function openPartFile(
  place: PartFilePlace,
  manifest: Manifest,
  now: () => number = () => performance.now(),
): Promise<PartFile> {
  const path = partFilePath(place);
  const translate = (error: unknown): unknown => toDiskError(error, place.folder);
  let handle: FileHandle;
  let isNew: boolean;
  try {
    await makeFolder(place.folder);
    ({ handle, isNew } = await openOrCreate(path));
    try {
      await makeRoom(handle, place.folder, manifest.size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    throw translate(error);
  }

  const pieceBytes = pieceBytesFor(manifest.size);
  const writer = createPieceWriter({ cached: handle, openDirect: () => openDirect(path, handle), now });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= writer.close().finally(() => handle.close()));

  return {
    isNew,
    get isCold() {
      return writer.isCold;
    },
    write: async (pieces, first) => {
      try {
        await writer.write(pieces, first * pieceBytes);
      } catch (error) {
        throw translate(error);
      }
    },
    finish: async () => {
      try {
        await writer.settle();
        await handle.sync();
        await checkSameFile(handle, path);
        await close();
        return await giveName(path, place);
      } catch (error) {
        throw translate(error);
      }
    },
    close,
  };
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    // A file has the name of the folder.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new EnxameError('folder-missing', { folder }, { cause: error });
  }
}

/** What was verified is what the handle holds: the path must still be that file, or another would get its name. */
async function checkSameFile(handle: FileHandle, path: string): Promise<void> {
  const [written, there] = [await handle.stat(), await lstatIfThere(path)];
  if (there?.ino === written.ino && there.dev === written.dev) return;
  await stat(dirname(path)); // says `folder-missing` when it is the folder that is gone
  throw new EnxameError(there ? 'file-changed' : 'file-vanished', { name: basename(path) });
}

async function lstatIfThere(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function openOrCreate(path: string): Promise<{ handle: FileHandle; isNew: boolean }> {
  try {
    return { handle: await open(path, 'r+'), isNew: false };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { handle: await open(path, 'wx+'), isNew: true };
  }
}

/** The file gets its full length at once (sparse), and the disk must have room for what is not there yet. */
async function makeRoom(handle: FileHandle, folder: string, size: number): Promise<void> {
  const { blocks } = await handle.stat();
  const disk = await statfs(folder);
  const missing = size - blocks * 512;
  if (missing > 0 && disk.bavail * disk.bsize < missing + reserveBytes) throw new EnxameError('disk-full', { folder });
  await handle.truncate(size);
}

/** The flag is of Linux: elsewhere, and on file systems without it, all goes through the cache. */
const directFlag = process.platform === 'linux' ? constants.O_DIRECT : undefined;

async function openDirect(path: string, handle: FileHandle): Promise<FileHandle | undefined> {
  if (directFlag === undefined) return undefined;
  const direct = await open(path, constants.O_WRONLY | constants.O_NOFOLLOW | directFlag).catch(() => undefined);
  if (!direct) return undefined; // what else is wrong with the path, `finish` finds
  const [one, other] = [await direct.stat(), await handle.stat()];
  if (one.ino === other.ino && one.dev === other.dev) return direct;
  await direct.close();
  return undefined;
}

/** File systems without hard links (FAT, some network shares) say one of these; FAT on Windows says EISDIR. */
const noLinkCodes = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR']);

/**
 * C5: a hard link fails when the name is taken, in one step: no file of the person can be replaced. Where there are no
 * links, an empty file made exclusively reserves the name, and the rename replaces only that.
 */
async function giveName(path: string, place: PartFilePlace): Promise<string> {
  const part = await lstat(path);
  for (const name of candidateNames(toSafeFileName(place.name))) {
    const target = join(place.folder, name);
    try {
      await link(path, target);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (code === 'EEXIST') {
        // A crash after the link and before the removal: this file is already there under this name.
        const there = await lstat(target);
        if (part.nlink < 2 || there.ino !== part.ino || there.dev !== part.dev) continue;
      } else if (!noLinkCodes.has(code)) throw error;
      else if (await reserve(target)) await renameOver(path, target);
      else continue;
    }
    await removeFile(path);
    await flushFolder(place.folder);
    return target;
  }
  throw new RangeError('there is always another name');
}

async function renameOver(path: string, reserved: string): Promise<void> {
  try {
    await renameDurably(path, reserved);
  } catch (error) {
    await removeFile(reserved);
    throw error;
  }
}

async function reserve(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
