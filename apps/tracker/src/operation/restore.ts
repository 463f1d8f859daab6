import { readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { flushFolder } from '@enxame/storage/durable-file';
import { backupFile, backupSchema, copyFile, makeEmptyFolder, type Backup } from './backup.js';

/**
 * Makes a data folder of a backup. The folder must be new or empty; it gets its name when everything is there, verified
 * and on disk, so that a restore that was cut short leaves nothing that a tracker would start on. Throws `path-exists`,
 * `backup-invalid`, `disk-full`.
 */
export async function restore(source: string, dataFolder: string): Promise<Backup> {
  const from = resolve(source);
  const to = resolve(dataFolder);
  const backup = await readBackup(from);
  await makeEmptyFolder(to);
  const beside = `${to}.restoring`;
  await rm(beside, { recursive: true, force: true }); // of a restore that was cut short
  await makeEmptyFolder(beside);
  try {
    for (const { path, bytes, sha256 } of backup.files) {
      const file = await copyFile(join(from, path), join(beside, path));
      if (file?.bytes !== bytes || file.sha256 !== sha256) {
        throw new EnxameError('backup-invalid', { path: source, what: path });
      }
    }
    for (const folder of new Set(backup.files.map(({ path }) => dirname(join(beside, path)))))
      await flushFolder(folder);
    await rmdir(to);
    await rename(beside, to);
    await flushFolder(dirname(to));
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    throw error;
  }
  return backup;
}

async function readBackup(folder: string): Promise<Backup> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(join(folder, backupFile), 'utf8'));
  } catch (error) {
    throw new EnxameError('backup-invalid', { path: folder, what: backupFile }, { cause: error });
  }
  const parsed = backupSchema.safeParse(json);
  if (!parsed.success)
    throw new EnxameError('backup-invalid', { path: folder, what: backupFile }, { cause: parsed.error });
  return parsed.data;
}
