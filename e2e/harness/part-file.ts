import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

/** The bytes on disk of the part file in a folder; zero while there is none. */
export async function partBytes(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const part = names.find((name) => name.endsWith('.part'));
  if (part === undefined) return 0;
  const stats = await stat(join(folder, part)).catch(() => undefined);
  return stats ? stats.blocks * 512 : 0;
}

/** Resolves in the moment in which so much has arrived. Looks without pause: a local transfer takes a second. */
export async function partReaches(folder: string, bytes: number): Promise<void> {
  while ((await partBytes(folder)) < bytes) await setImmediate();
}
