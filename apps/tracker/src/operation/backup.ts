import { createHash } from 'node:crypto';
import { mkdir, open, readdir, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toDiskError } from '@enxame/storage/disk-error';
import { flushFolder } from '@enxame/storage/durable-file';
import { writeJsonDocument } from '@enxame/storage/json-document';
import { z } from 'zod';
import { listDataFiles } from './data-files.js';

// Why a copy of a folder that a tracker writes in is consistent: a document is replaced by a rename, so whoever opened it
// reads the old one or the new one to its end; a journal is only appended to, so its first bytes, as many as it had when it
// was opened, are a state that it was in, and a last line or change that is cut there never was acknowledged (T15, T30); the
// bytes of a hosted copy never change. Between the files, what refers to others is copied first (data-files.ts): what was
// acknowledged before the backup began is in it, and nothing in it refers to what came later.

const chunkBytes = 1024 * 1024;
export const backupFile = 'backup.json';

export const backupSchema = z.strictObject({
  format: z.literal('enxame-tracker-backup'),
  version: z.literal(1),
  /** Milliseconds since 1970. */
  createdAt: z.int().min(0),
  files: z.array(
    z.strictObject({
      path: z.string().min(1).max(500).refine(isInside),
      bytes: z.int().min(0),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
});
export type Backup = z.infer<typeof backupSchema>;

/** No way out of the folder, on any system. */
function isInside(path: string): boolean {
  return path.split('/').every((part) => /^[\w.-]+$/.test(part) && part !== '.' && part !== '..');
}

/**
 * Copies a data folder, also one that a tracker is using, into a folder that is new or empty. On disk when it resolves;
 * `backup.json`, with the hash of each file, comes last: a folder without it is no backup. Throws `path-exists`,
 * `path-not-found`, `disk-full`, and what else the disk says.
 */
export async function backUp(
  dataFolder: string,
  target: string,
  now: number,
  copied: (path: string) => void = () => undefined,
): Promise<Backup> {
  const folder = resolve(target);
  const paths = await listDataFiles(dataFolder).catch((error: unknown) => {
    throw new EnxameError('path-not-found', { path: dataFolder }, { cause: error });
  });
  if (!paths.includes('identity.json'))
    throw new EnxameError('path-not-found', { path: join(dataFolder, 'identity.json') });
  await makeEmptyFolder(folder);
  const files: Backup['files'] = [];
  for (const path of paths) {
    const file = await copyFile(join(dataFolder, path), join(folder, path));
    if (!file) continue; // gone since it was listed, as a copy that was dropped
    files.push({ path, ...file });
    copied(path);
  }
  const backup: Backup = { format: 'enxame-tracker-backup', version: 1, createdAt: now, files };
  for (const parent of new Set(files.map(({ path }) => dirname(join(folder, path))))) await flushFolder(parent);
  await writeJsonDocument(join(folder, backupFile), backup);
  return backup;
}

/** Makes a folder, for its owner only; one that is there and empty will do. Throws `path-exists`. */
export async function makeEmptyFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if ((await readdir(folder)).length === 0) return;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOTDIR' && (error as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw toDiskError(error, folder);
    }
  }
  throw new EnxameError('path-exists', { path: folder });
}

/** As many bytes as the file has when it is opened; flushed. Undefined when there is none. */
export async function copyFile(
  from: string,
  to: string,
): Promise<{ readonly bytes: number; readonly sha256: string } | undefined> {
  const source = await openIfThere(from);
  if (!source) return undefined;
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    const target = await open(to, 'wx', 0o600);
    try {
      return await copyBytes(source, target);
    } finally {
      await target.close();
    }
  } catch (error) {
    throw toDiskError(error, dirname(to));
  } finally {
    await source.close();
  }
}

async function copyBytes(source: FileHandle, target: FileHandle): Promise<{ bytes: number; sha256: string }> {
  const { size } = await source.stat();
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(1, size)));
  let bytes = 0;
  while (bytes < size) {
    const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, size - bytes), bytes);
    if (bytesRead === 0) break; // cut meanwhile: what a failed write had left behind the end
    const part = buffer.subarray(0, bytesRead);
    hash.update(part);
    await target.writeFile(part);
    bytes += bytesRead;
  }
  await target.sync();
  return { bytes, sha256: hash.digest('hex') };
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
