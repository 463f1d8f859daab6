import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toDiskError } from '@enxame/storage/disk-error';
import { renameDurably } from '@enxame/storage/durable-file';

/** In the data folder; the one part of it whose files may be shared. */
export const uploadFolderName = 'uploads';

const partialPrefix = '.partial-';

/** Where files that came through a browser live: `<random>/<safe name>`, so that equal names never meet. */
export interface UploadFolder {
  /**
   * Takes a file in, wholly or not at all; on disk when it resolves with its path. `bytes` is the size when it is known.
   * Throws what the body throws, `disk-full`, `folder-not-writable`, `disk-failed`.
   */
  receive(name: string, body: AsyncIterable<Buffer>, bytes: number | undefined): Promise<string>;
}

/** What a full disk is tried with. */
export interface UploadDisk {
  readonly open: typeof open;
  readonly freeBytes: (folder: string) => Promise<number>;
}

/** Makes the folder, and removes what a process that died in the middle of an upload left in it. */
export async function openUploadFolder(folder: string, disk: UploadDisk = realDisk): Promise<UploadFolder> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const partial = (await readdir(folder)).filter((name) => name.startsWith(partialPrefix));
    await Promise.all(partial.map((name) => rm(join(folder, name), { recursive: true, force: true })));
  } catch (error) {
    throw toDiskError(error, folder);
  }

  async function receive(name: string, body: AsyncIterable<Buffer>, bytes: number | undefined): Promise<string> {
    // Asked first: a browser reads the answer only after it has sent the whole body.
    if (bytes !== undefined && (await disk.freeBytes(folder)) < bytes) throw new EnxameError('disk-full', { folder });
    const id = randomBytes(12).toString('hex');
    const safeName = toSafeFileName(name);
    const partial = join(folder, partialPrefix + id);
    await mkdir(partial, { mode: 0o700 });
    try {
      const handle = await disk.open(join(partial, safeName), 'wx', 0o600);
      try {
        await writeFile(handle, body);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await renameDurably(partial, join(folder, id));
    } catch (error) {
      await rm(partial, { recursive: true, force: true });
      throw error;
    }
    return join(folder, id, safeName);
  }

  return {
    receive: async (name, body, bytes) => {
      try {
        return await receive(name, body, bytes);
      } catch (error) {
        throw toDiskError(error, folder);
      }
    },
  };
}

const realDisk: UploadDisk = {
  open,
  freeBytes: async (folder) => {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};
