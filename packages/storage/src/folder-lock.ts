import { mkdir, open, readFile, realpath, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { toDiskError } from './disk-error.js';
import { lockNamedPipe } from './named-pipe-lock.js';
import { processIdentity } from './process-identity.js';

export interface FolderLock {
  /** Twice without harm. */
  close(): Promise<void>;
}

const lockName = 'lock';
/** Each try ends with the lock, with a refusal, or after somebody else's stale lock went away. */
const maxTries = 5;
/** How long to wait for an owner that made its lock and has not written in it. */
const unwrittenMs = 50;
const maxUnwrittenWaits = 2;

/**
 * Makes this process the only one that writes in a folder; makes the folder, for its owner only, when it is missing.
 * A lock whose process died, however it died, counts for nothing. Throws `data-folder-locked`, `data-folder-unwritable`.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (process.platform === 'win32') return await lockNamedPipe(await realpath(folder));
    return await lockFile(folder);
  } catch (error) {
    if (error instanceof EnxameError) throw error;
    const cause = toDiskError(error, folder);
    if (cause instanceof EnxameError && cause.code === 'disk-full') throw cause;
    throw new EnxameError('data-folder-unwritable', { folder }, { cause: error });
  }
}

async function lockFile(folder: string): Promise<FolderLock> {
  const path = join(folder, lockName);
  const mine = `${String(process.pid)} ${(await processIdentity(process.pid)) ?? ''}`;
  for (let tries = 0; tries < maxTries; tries++) {
    if (await createExclusively(path, mine)) return { close: () => releaseFile(path, mine) };
    const theirs = await readIfThere(path);
    if (theirs === undefined) continue;
    if (theirs === '' && tries < maxUnwrittenWaits) {
      // Made, and not written yet: its owner is between two steps, or died there.
      await new Promise((resolve) => setTimeout(resolve, unwrittenMs));
      continue;
    }
    if (await isAlive(theirs)) throw new EnxameError('data-folder-locked', { folder });
    await removeStale(path, theirs);
  }
  throw new EnxameError('data-folder-locked', { folder });
}

async function createExclusively(path: string, text: string): Promise<boolean> {
  try {
    const handle = await open(path, 'wx', 0o600);
    try {
      await handle.writeFile(text);
    } catch (error) {
      await unlink(path);
      throw error;
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isAlive(text: string): Promise<boolean> {
  const [pid = '', ...identity] = text.split(' ');
  const now = /^\d+$/.test(pid) ? await processIdentity(Number(pid)) : undefined;
  // The number of a dead process is given again; when it began tells the two apart.
  return now !== undefined && now === identity.join(' ');
}

/** Moves the stale lock away first: of two processes that saw it, only one can move it. */
async function removeStale(path: string, seen: string): Promise<void> {
  const aside = `${path}.stale-${String(process.pid)}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // Somebody else was faster, and what was moved is a living lock: put it back.
  if ((await readIfThere(aside)) === seen) await unlink(aside);
  else await rename(aside, path);
}

async function releaseFile(path: string, mine: string): Promise<void> {
  if ((await readIfThere(path)) === mine) await unlink(path);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
