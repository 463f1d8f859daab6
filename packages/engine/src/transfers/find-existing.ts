import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '@enxame/shared/content/manifest';
import { pieceHashAt } from '@enxame/shared/content/manifest';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import { pieceBytesFor, pieceLength } from '@enxame/shared/content/piece-size';
import { candidateNames } from './free-name.js';
import { createPieceMap, type PieceMap } from './piece-map.js';
import { isPiece } from './piece-receiver.js';

/**
 * Looks whether the content is already in the folder under its name (or with a number behind): from an earlier
 * download, or one that was cut off right after it got its name. Every piece is hashed: the name proves nothing.
 */
export async function findExisting(
  wanted: { readonly folder: string; readonly name: string },
  manifest: Manifest,
  signal: AbortSignal,
): Promise<{ path: string; pieces: PieceMap } | undefined> {
  for (const name of candidateNames(toSafeFileName(wanted.name))) {
    const path = join(wanted.folder, name);
    const found = await checkFile(path, manifest, signal);
    if (found === 'missing' || signal.aborted) return undefined;
    if (found) return { path, pieces: found };
  }
  return undefined;
}

/** The pieces, all verified; undefined for another file; 'missing' when nothing has the name. */
async function checkFile(path: string, manifest: Manifest, signal: AbortSignal): Promise<PieceMap | 'missing' | undefined> {
  let handle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    // What cannot be opened is somebody else's, and stays as it is; the next name is tried.
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : undefined;
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile() || stats.size !== manifest.size) return undefined;
    const pieces = createPieceMap(manifest.size);
    const pieceBytes = pieceBytesFor(manifest.size);
    const buffer = Buffer.allocUnsafeSlow(Math.min(pieceBytes, manifest.size));
    for (let index = 0; index < pieces.count; index++) {
      const length = pieceLength(manifest.size, index);
      const { bytesRead } = await handle.read(buffer, 0, length, index * pieceBytes);
      if (bytesRead !== length || !isPiece(buffer.subarray(0, length), pieceHashAt(manifest, index)) || signal.aborted) return undefined;
      pieces.markVerified(index);
    }
    return pieces;
  } finally {
    await handle.close();
  }
}
