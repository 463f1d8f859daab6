import type { QueuePlace, Transfer, TransferState } from '@enxame/shared/engine/transfer';
import type { Send } from '../peer/send-log.js';

/**
 * A send as people see it. "Sent" says what this side knows: the bytes left, and the receiver has confirmed nothing;
 * "received" is the receiver's own word, signed.
 */
export function toSendView(
  send: Send,
  { queue = null, limit = null }: { readonly queue?: QueuePlace | null; readonly limit?: number | null } = {},
): Transfer {
  const bytesPerSecond = send.isMoving ? send.rate.bytesPerSecond() : 0;
  return {
    id: send.id,
    direction: 'send',
    state: toState(send),
    contentId: send.contentId,
    entryId: null,
    name: send.name,
    size: send.size,
    bytesDone: send.receipt ? send.size : Math.min(send.bytesSent, send.size),
    bytesPerSecond,
    secondsLeft: bytesPerSecond > 0 ? Math.max(0, send.size - send.bytesSent) / bytesPerSecond : null,
    personName: send.userName,
    folder: send.files === null ? null : { files: send.files, filesDone: send.receipt ? send.files : 0 },
    priority: 'normal',
    limitBytesPerSecond: limit,
    queue: send.isMoving ? null : queue,
    sources: [],
    pieceCount: 0,
    piecesVerified: 0,
    startedAt: send.startedAt,
    finishedAt: send.receipt || !send.isMoving ? send.lastActiveAt : null,
    path: null,
    sha256: null,
    error: null,
  };
}

function toState({ receipt, isMoving, reachedEnd, bytesSent, size }: Send): TransferState {
  if (receipt) return 'received';
  if (isMoving) return 'moving';
  return reachedEnd && bytesSent >= size ? 'sent' : 'waiting';
}
