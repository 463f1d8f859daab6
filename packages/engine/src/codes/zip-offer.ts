import { lstat, opendir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { OfferedBytes } from '@enxame/wormhole/file-transfer/send-offer';
import { ZipFile } from 'yazl';

/** Folders and several files go to other programs as one zip, stored: its size is known before the first byte. */
export interface ZippedOffer extends OfferedBytes {
  readonly files: number;
  /** Of the files themselves. */
  readonly contentBytes: number;
}

/** As many as a collection may have would take minutes to list; a zip for another program is smaller. */
const maxZippedFiles = 100_000;

interface Listed {
  readonly path: string;
  readonly name: string;
  readonly isFolder: boolean;
  readonly size: number;
}

/**
 * Lists what is under the paths; links are passed over, as they are when sharing. Throws `path-not-found`, `too-large`,
 * `folder-empty`.
 */
export async function createZipOffer(paths: readonly string[]): Promise<ZippedOffer> {
  const listed: Listed[] = [];
  const [only] = paths;
  for (const path of paths) await list(path, paths.length === 1 && path === only ? '' : basename(path), listed);
  if (listed.length === 0) throw new EnxameError('folder-empty', { path: only ?? '' });
  const files = listed.filter(({ isFolder }) => !isFolder);
  return {
    files: files.length,
    contentBytes: files.reduce((sum, { size }) => sum + size, 0),
    size: await sizeOf(listed),
    // Made anew for each receiver: nothing of it is kept.
    read: () => startZip(listed).bytes,
  };
}

async function list(path: string, name: string, into: Listed[]): Promise<void> {
  const stats = await lstat(path);
  if (into.length >= maxZippedFiles) throw new EnxameError('too-large');
  if (stats.isFile()) into.push({ path, name, isFolder: false, size: stats.size });
  if (!stats.isDirectory()) return;
  const before = into.length;
  for await (const entry of await opendir(path)) {
    await list(join(path, entry.name), name === '' ? entry.name : `${name}/${entry.name}`, into);
  }
  if (into.length === before && name !== '') into.push({ path, name, isFolder: true, size: 0 });
}

function startZip(listed: readonly Listed[]): { bytes: Readable; size: Promise<number> } {
  const zip = new ZipFile();
  const bytes = zip.outputStream.pipe(new PassThrough());
  // A file that vanished or grew since it was listed: the receiver must not take what is left for the whole.
  zip.on('error', (error: Error) => {
    bytes.destroy(new EnxameError('file-changed', undefined, { cause: error }));
  });
  for (const { path, name, isFolder } of listed) {
    if (isFolder) zip.addEmptyDirectory(name);
    else zip.addFile(path, name, { compress: false });
  }
  const size = new Promise<number>((resolve) => {
    // It is called with the size, whatever its type says.
    zip.end(undefined, (...[total]: readonly unknown[]) => {
      resolve(Number(total));
    });
  });
  return { bytes, size };
}

async function sizeOf(listed: readonly Listed[]): Promise<number> {
  const { bytes, size } = startZip(listed);
  const failed = new Promise<never>((_, reject) => {
    bytes.once('error', reject);
  });
  try {
    return await Promise.race([size, failed]);
  } finally {
    bytes.destroy();
  }
}
