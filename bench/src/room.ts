import { statfs } from 'node:fs/promises';

const gib = 2 ** 30;

/**
 * The size of file that there is room for, of which so many copies will lie in the folder at once: the wanted one, or
 * the largest power of two of GiB below it that leaves a tenth of the free room. Says so when it is smaller.
 */
export async function roomyBytes(
  folder: string,
  wantedBytes: number,
  copies: number,
  say: (line: string) => void,
): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  const room = bavail * bsize * 0.9;
  if (wantedBytes * copies <= room) return wantedBytes;
  const bytes = 2 ** Math.floor(Math.log2(room / copies / gib)) * gib;
  if (bytes < gib) throw new Error(`there is no room for ${String(copies)} files of 1 GiB`);
  say(`${String(bytes / gib)} GiB instead of ${String(wantedBytes / gib)}: there is no room for more`);
  return bytes;
}
