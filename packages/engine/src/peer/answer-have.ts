import type { IncomingMessage, ServerResponse } from 'node:http';
import { pieceCountFor } from '@enxame/shared/content/piece-size';
import { createFullBits, createPieceBits, encodeHave } from '@enxame/shared/peer/have';
import type { OpenContent } from './content-access.js';

/** P16: which pieces are here, and which of them somebody has got from here. Returns the body after the head was written. */
export function answerHave(
  request: IncomingMessage,
  response: ServerResponse,
  { size, held, given }: OpenContent,
): Uint8Array | undefined {
  const pieceCount = pieceCountFor(size);
  const bytes = encodeHave({
    held: held?.bits ?? createFullBits(pieceCount),
    given: given?.bits ?? createPieceBits(pieceCount),
  });
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes.length });
  return request.method === 'HEAD' ? undefined : bytes;
}
