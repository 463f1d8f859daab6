import { pieceBytesFor, pieceLength } from '@enxame/shared/content/piece-size';
import type { Manifest } from '@enxame/shared/content/manifest';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { contentPath } from '@enxame/shared/peer/paths';
import type { Authority } from '../peer/authority.js';
import type { PeerConnection } from '../peer/peer-connection.js';
import type { PartFile } from './part-file.js';
import type { PieceRun } from './piece-board.js';
import type { PieceBuffers } from './piece-buffers.js';
import { createPieceReceiver } from './piece-receiver.js';

/** One request for adjacent pieces, while it goes on. */
export interface RunFetch {
  /** Resolves true when all bytes came, false when the rest was not wanted any more: the connection is closed then. */
  readonly done: Promise<boolean>;
  /** When what came is on disk; throws what the disk said. To be awaited whatever `done` says. */
  readonly written: () => Promise<void>;
  /** Of the piece that is coming. */
  readonly bytesLeft: number;
  /** The rest is not wanted: only closing the connection keeps it from coming. */
  stop(): void;
}

/**
 * Asks for a run of pieces over a connection. `done` throws what the connection throws, what the disk says, and what
 * `onWrongPiece` throws to end it.
 */
export function fetchRun(options: {
  readonly connection: PeerConnection;
  readonly contentId: ContentId;
  readonly authority: Authority;
  readonly manifest: Manifest;
  readonly run: PieceRun;
  readonly file: Pick<PartFile, 'write'>;
  readonly buffers: PieceBuffers;
  readonly batchBytes: number;
  readonly onProgress: (bytes: number) => void;
  readonly onVerified: (index: number) => void;
  readonly onWrongPiece: (index: number) => void;
  /** Asked at the begin of each piece but the first. */
  readonly isWanted: (index: number) => boolean;
}): RunFetch {
  const { connection, manifest, run, isWanted } = options;
  const pieceBytes = pieceBytesFor(manifest.size);
  const start = run.first * pieceBytes;
  const end = Math.min((run.first + run.count) * pieceBytes, manifest.size);
  let index = run.first;
  let position = start;
  let isStopped = false;
  const receiver = createPieceReceiver({
    ...options,
    start,
    onRoom: () => {
      connection.resume();
    },
  });

  function sink(chunk: Uint8Array): boolean {
    const wantsMore = receiver.sink(chunk);
    position += chunk.length;
    while (position < end && position >= (index + 1) * pieceBytes) {
      if (isWanted(++index)) continue;
      isStopped = true;
      throw new EnxameError('cancelled');
    }
    return wantsMore;
  }

  async function fetch(): Promise<boolean> {
    try {
      await connection.getRange(contentPath(options.contentId), options.authority, { start, end }, sink);
    } catch (error) {
      if (!isStopped) throw error;
    }
    return !isStopped;
  }

  return {
    done: fetch(),
    written: () => receiver.finish(),
    get bytesLeft() {
      return index * pieceBytes + pieceLength(manifest.size, index) - position;
    },
    stop: () => {
      isStopped = true;
      connection.close();
    },
  };
}
