import { contentPath } from '@enxame/shared/peer/paths';
import { pieceBytesFor } from '@enxame/shared/content/piece-size';
import type { Manifest } from '@enxame/shared/content/manifest';
import type { ContentId } from '@enxame/shared/ids';
import type { PeerConnection } from '../peer/peer-connection.js';
import type { PartFile } from './part-file.js';
import { createPieceBuffers } from './piece-buffers.js';
import type { PieceMap } from './piece-map.js';
import { createPieceReceiver } from './piece-receiver.js';

/** One request asks for this much: the wait between two costs nothing, and a wrong piece is noticed soon. */
const runBytes = 64 * 1024 * 1024;
/**
 * Asks one source for every missing piece, verifies and writes them. Resolves when none is missing. Throws
 * what the connection throws, what the disk says, and what `onWrongPiece` throws to end it.
 */
export async function fetchPieces(options: {
  readonly connection: PeerConnection;
  readonly contentId: ContentId;
  readonly ticket: string;
  readonly manifest: Manifest;
  readonly pieces: PieceMap;
  readonly file: PartFile;
  readonly onProgress: (bytes: number) => void;
  readonly onVerified: () => void;
  readonly onWrongPiece: (index: number) => void;
}): Promise<void> {
  const { connection, contentId, ticket, manifest, pieces, file } = options;
  const buffers = createPieceBuffers(Math.min(pieceBytesFor(manifest.size), manifest.size));
  for (let run = pieces.nextMissing(runBytes); run; run = pieces.nextMissing(runBytes)) {
    const receiver = createPieceReceiver({
      manifest,
      start: run.start,
      pieces,
      file,
      buffers,
      onRoom: () => {
        connection.resume();
      },
      onProgress: options.onProgress,
      onVerified: options.onVerified,
      onWrongPiece: options.onWrongPiece,
    });
    try {
      await connection.getRange(contentPath(contentId), { ticket }, run, receiver.sink);
    } finally {
      await receiver.finish();
    }
  }
}
