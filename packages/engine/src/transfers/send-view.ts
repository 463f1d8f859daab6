import type { Transfer } from '@enxame/shared/engine/transfer';
import type { Send } from '../peer/send-log.js';

/** A send as people see it. "Sent" says what this side knows: the bytes left; the receiver has confirmed nothing. */
export function toSendView(send: Send): Transfer {
  const isMoving = send.activeRequests > 0;
  const bytesPerSecond = isMoving ? send.rate.bytesPerSecond() : 0;
  return {
    id: send.id,
    direction: 'send',
    state: isMoving ? 'moving' : send.reachedEnd ? 'sent' : 'waiting',
    contentId: send.contentId,
    entryId: null,
    name: send.name,
    size: send.size,
    bytesDone: Math.min(send.bytesSent, send.size),
    bytesPerSecond,
    secondsLeft: bytesPerSecond > 0 ? Math.max(0, send.size - send.bytesSent) / bytesPerSecond : null,
    personName: send.userName,
    folder: null,
    priority: 'normal',
    limitBytesPerSecond: null,
    queue: null,
    sources: [],
    pieceCount: 0,
    piecesVerified: 0,
    startedAt: send.startedAt,
    finishedAt: isMoving ? null : send.lastActiveAt,
    path: null,
    sha256: null,
    error: null,
  };
}
