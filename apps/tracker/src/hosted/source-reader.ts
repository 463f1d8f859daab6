import { blake3 } from '@napi-rs/blake-hash';
import { toBase32 } from '@enxame/shared/content/base32';
import { contentIdOf, pieceContentId } from '@enxame/engine/content/content-id';
import type { Authority } from '@enxame/engine/peer/authority';
import type { ByteRange } from '@enxame/engine/peer/byte-range';
import { manifestBytesFor, parseManifest, pieceHashAt, type Manifest } from '@enxame/shared/content/manifest';
import { pieceBytesFor, pieceCountFor, pieceLength } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { Leg } from './legs.js';
import type { SourceAsker } from './source-asker.js';

/** Reads a content piece by piece from whoever has it: what comes out is verified. One call at a time. */
export interface SourceReader {
  manifest(): Promise<Manifest>;
  /** The memory is the caller's. Throws as the asker does. */
  piece(index: number): Promise<Buffer>;
}

export function createSourceReader(deps: {
  readonly asker: SourceAsker;
  readonly contentId: ContentId;
  readonly size: number;
  /** The content is a member of this collection, which is what the sources are asked for. */
  readonly collectionId?: ContentId | undefined;
}): SourceReader {
  const { asker, contentId, size, collectionId } = deps;
  let known: Manifest | undefined;

  const authorityOf = ({ authority }: Leg): Authority => (collectionId ? { ...authority, collectionId } : authority);

  async function manifest(): Promise<Manifest> {
    known ??= await asker.ask(async (source) => {
      const path = `/v1/content/${contentId}/manifest`;
      const bytes = await source.connection.get(path, authorityOf(source), manifestBytesFor(size));
      const parsed = parseManifest(bytes);
      if (parsed.size !== size || contentIdOf(parsed) !== contentId) throw new EnxameError('manifest-mismatch');
      return parsed;
    });
    return known;
  }

  async function readRange(source: Leg, { start, end }: ByteRange): Promise<Buffer> {
    const bytes = Buffer.allocUnsafeSlow(end - start);
    let filled = 0;
    await source.connection.getRange(`/v1/content/${contentId}`, authorityOf(source), { start, end }, (chunk) => {
      if (filled + chunk.length > bytes.length) throw new EnxameError('source-lied');
      bytes.set(chunk, filled);
      filled += chunk.length;
      return true;
    });
    if (filled !== bytes.length) throw new EnxameError('source-lied');
    return bytes;
  }

  /** A content of one piece needs no manifest: its id follows from the piece. */
  function isOnlyPiece(bytes: Buffer): boolean {
    return toBase32(pieceContentId(bytes)) === contentId;
  }

  return {
    manifest,
    piece: async (index) => {
      const start = index * pieceBytesFor(size);
      const range = { start, end: start + pieceLength(size, index) };
      const isGood =
        pieceCountFor(size) === 1
          ? isOnlyPiece
          : (
              (hash) => (bytes: Buffer) =>
                blake3(bytes).equals(hash)
            )(pieceHashAt(await manifest(), index));
      return asker.ask(async (source) => {
        const bytes = await readRange(source, range);
        if (!isGood(bytes)) throw new EnxameError('piece-mismatch');
        return bytes;
      });
    },
  };
}
