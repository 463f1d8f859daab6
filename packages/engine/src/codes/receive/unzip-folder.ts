import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toDiskError } from '@enxame/storage/disk-error';
import { openPromise, type Entry, type ZipFile } from 'yauzl';

/** What an offer said of the zip: it may not hold more than a little beside that. */
export interface UnzipLimits {
  readonly bytes: number;
  readonly files: number;
  /** Only these files, and what is below these folders. */
  readonly only?: readonly string[] | undefined;
}

const maxDepth = 64;
const maxPathChars = 4096;
/** Senders count folders as they like, and estimate sizes. */
const slack = { bytes: 16 * 1024 * 1024, files: 1000 } as const;

/**
 * Unpacks a zip of somebody else into a new folder. Every name is made safe, nothing leaves the folder, nothing is
 * replaced, and no more is written than was offered, whatever the zip claims. Throws `offer-invalid`, and what the disk says.
 */
export async function unzipFolder(zipPath: string, folder: string, limits: UnzipLimits): Promise<void> {
  const zip = await openZip(zipPath);
  let files = 0;
  let bytesLeft = limits.bytes + slack.bytes;
  try {
    if (zip.entryCount > limits.files + slack.files) throw new EnxameError('offer-invalid');
    for await (const entry of zip.eachEntry()) {
      if (++files > limits.files + slack.files) throw new EnxameError('offer-invalid');
      const path = toSafePath(entry.fileName);
      if (limits.only && !isWanted(path.join('/'), limits.only)) continue;
      const target = join(folder, ...path);
      if (entry.fileName.endsWith('/')) {
        await mkdir(target, { recursive: true });
        continue;
      }
      if (isLink(entry)) throw new EnxameError('offer-invalid');
      await mkdir(dirname(target), { recursive: true });
      const counted = countBytes((bytes) => (bytesLeft -= bytes) >= 0);
      // `wx`: two entries of one name, or a file where a folder is, are no zip of a folder.
      await pipeline(await openEntry(zip, entry), counted, createWriteStream(target, { flags: 'wx', flush: true }));
    }
  } catch (error) {
    if (error instanceof EnxameError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined || code === 'EEXIST' || code === 'EISDIR' || code === 'ENOTDIR' || code.startsWith('Z_')) {
      throw new EnxameError('offer-invalid', undefined, { cause: error });
    }
    throw toDiskError(error, folder);
  } finally {
    zip.close();
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { lazyEntries: true, autoClose: false });
  } catch (error) {
    throw new EnxameError('offer-invalid', undefined, { cause: error });
  }
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  return zip.openReadStreamPromise(entry);
}

/** Throws `offer-invalid` for what is no path inside a folder. */
function toSafePath(name: string): string[] {
  const parts = name.replace(/\/$/, '').split('/');
  const isHostile = parts.some((part) => part === '' || part === '.' || part === '..');
  if (isHostile || parts.length > maxDepth || name.length > maxPathChars) throw new EnxameError('offer-invalid');
  return parts.map(toSafeFileName);
}

function isWanted(path: string, only: readonly string[]): boolean {
  return only.some((named) => path === named || path.startsWith(`${named.replace(/\/+$/, '')}/`));
}

/** The upper half of the attributes is the mode of Unix. */
function isLink(entry: Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
}

function countBytes(count: (bytes: number) => boolean): Transform {
  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      if (count(chunk.length)) done(null, chunk);
      else done(new EnxameError('offer-invalid'));
    },
  });
}
