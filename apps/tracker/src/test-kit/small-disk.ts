import { execFile } from 'node:child_process';
import { mkdtemp, rm, rmdir, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file system of its own, in memory. */
export interface SmallDisk {
  readonly folder: string;
  /** Leaves room for this many bytes. */
  fill(leftBytes: number): Promise<void>;
  /** Takes back what `fill` put there. */
  free(): Promise<void>;
  /** Nothing of it may be open any more. */
  close(): Promise<void>;
}

/** Undefined, and said aloud, where none can be mounted: that takes root. */
export async function mountSmallDisk(bytes: number): Promise<SmallDisk | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${String(bytes)}`, 'enxame-test', folder]);
  } catch (error) {
    await rmdir(folder);
    const why = (error as Error).message.split('\n')[0] ?? '';
    process.stdout.write(`not seen here: a small disk cannot be mounted (${why})\n`);
    return undefined;
  }
  const filler = join(folder, 'filler');
  return {
    folder,
    fill: async (leftBytes) => {
      await rm(filler, { force: true });
      const { bavail, bsize } = await statfs(folder);
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - leftBytes)));
    },
    free: () => rm(filler, { force: true }),
    close: async () => {
      await run('umount', [folder]);
      await rmdir(folder);
    },
  };
}
