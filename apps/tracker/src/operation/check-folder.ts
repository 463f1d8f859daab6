import { open, readFile, type FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { blake3 } from '@napi-rs/blake-hash';
import { contentIdOf } from '@enxame/engine/content/content-id';
import { parseCollection } from '@enxame/shared/content/collection-parser';
import { pieceHashAt } from '@enxame/shared/content/manifest';
import { pieceBytesFor, pieceCountFor, pieceLength } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { createFolderLayout, decodeCrcs } from '../hosted/folder-layout.js';

/**
 * What is wrong with the files of a hosted folder (`path` ends in `.files`); undefined when nothing is. Its document is a
 * blob that is checked for itself.
 */
export async function checkHostedFolder(path: string): Promise<string | undefined> {
  const beside = (ending: string): string => path.replace(/\.files$/, ending);
  const [document, sums] = await Promise.all([readIfThere(beside('.blob')), readIfThere(beside('.sums'))]);
  if (!document || !sums) return 'has no document or no sums';
  const collection = parse(document);
  if (!collection) return 'has a document that is no folder';
  const layout = createFolderLayout(collection);
  if (sums.length !== layout.sumsBytes) return 'has sums of another folder';
  const crcs = decodeCrcs(sums.subarray(0, layout.hashes(0).start));
  const file = await open(path, 'r');
  try {
    if ((await file.stat()).size !== layout.filesBytes) return 'has another size than its document says';
    for (let index = 0; index < collection.count; index++) {
      if (!collection.isFile(index)) continue;
      const size = collection.size(index);
      const { start, end } = layout.hashes(index);
      const pieceHashes = end > start ? sums.subarray(start, end) : undefined;
      const read = await readPieces(file, layout.dataStart(index), size, pieceHashes);
      const isRight = read && contentIdOf({ size, pieceHashes: read.pieceHashes }) === collection.contentId(index);
      if (!isRight || read.crc !== crcs[index]) return `“${collection.path(index)}” is not what it was`;
    }
  } finally {
    await file.close();
  }
  return undefined;
}

/** Undefined when a piece is not what `known` says. */
async function readPieces(
  file: FileHandle,
  dataStart: number,
  size: number,
  known: Uint8Array | undefined,
): Promise<{ pieceHashes: Uint8Array; crc: number } | undefined> {
  const hashes: Uint8Array[] = [];
  let crc = 0;
  for (let piece = 0; piece < pieceCountFor(size); piece++) {
    const bytes = Buffer.allocUnsafe(pieceLength(size, piece));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, dataStart + piece * pieceBytesFor(size));
    const hash = blake3(bytes.subarray(0, bytesRead));
    if (known && !hash.equals(pieceHashAt({ size, pieceHashes: known }, piece))) return undefined;
    hashes.push(hash);
    crc = crc32(bytes, crc);
  }
  return { pieceHashes: Buffer.concat(hashes), crc };
}

function parse(document: Uint8Array) {
  try {
    return parseCollection(Uint8Array.from(document));
  } catch (error) {
    if (error instanceof EnxameError) return undefined;
    throw error;
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
