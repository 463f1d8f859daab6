import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '@enxame/storage/durable-file';

const tokenBytes = 32;
const tokenPattern = /^[\w-]{43}$/;

/**
 * The token of the web interface of a data folder, the same after a restart so that an open page survives it. Made anew
 * when there is none, and when its file is damaged or could be read by other users: then it may be theirs too.
 */
export async function openWebToken(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'web-token');
  const known = await readToken(path);
  if (known !== undefined) return known;
  const token = randomBytes(tokenBytes).toString('base64url');
  await writeDurably(path, token);
  return token;
}

async function readToken(path: string): Promise<string | undefined> {
  try {
    const [text, { mode }] = await Promise.all([readFile(path, 'utf8'), stat(path)]);
    const ownerOnly = process.platform === 'win32' || (mode & 0o077) === 0;
    return ownerOnly && tokenPattern.test(text) ? text : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Takes the same time whatever the guess, its length included: digests are compared. */
export function isSameToken(token: string, guess: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(token), digest(guess));
}
