import type { Socket } from 'node:net';
import { maxFrameBytes, type Carrier } from '@enxame/shared/engine/carrier';
import { createCarrierEnds } from '@enxame/shared/engine/carrier-ends';
import { parseFrameText, toFrameText } from '@enxame/shared/engine/frame-text';
import { createLineSplitter } from './line-splitter.js';

/** What may wait for an end that does not read; beyond it that end is taken for dead. Room for some large answers. */
export const maxBacklogBytes = 4 * maxFrameBytes;
/** How long the other end has to take what was sent before the close. */
export const closeGraceMs = 5000;

/**
 * Frames as lines of JSON over a connected socket, which it owns. A line that is no JSON, or is longer than
 * `maxFrameBytes`, ends it. Must be made in the turn that gave the socket.
 */
export function createLineCarrier(socket: Socket): Carrier {
  const ends = createCarrierEnds();
  const splitter = createLineSplitter(maxFrameBytes);

  const close = (): void => {
    if (ends.closed) return;
    socket.end();
    socket.resume(); // unread bytes would keep the end of the other side, and with it the socket, waiting
    const timer = setTimeout(() => socket.destroy(), closeGraceMs).unref();
    socket.once('close', () => {
      clearTimeout(timer);
    });
    ends.end();
  };

  socket.on('data', (chunk: Buffer) => {
    if (ends.closed) return;
    const lines = splitter.push(chunk);
    for (const line of lines ?? []) {
      const frame = parseFrameText(line);
      if (frame === undefined) {
        close();
        return;
      }
      ends.deliver(frame);
    }
    if (!lines) close();
  });
  // The other end closes as a whole: no interface goes on listening after it said its last word.
  socket.on('end', close);
  socket.on('close', ends.end);
  // Nothing to do here: `close` follows each error, and tells it.
  socket.on('error', () => undefined);

  return {
    send: (frame) => {
      const text = toFrameText(frame);
      if (ends.closed) return;
      socket.write(`${text}\n`);
      if (socket.writableLength > maxBacklogBytes) socket.destroy();
    },
    onFrame: ends.onFrame,
    onClose: ends.onClose,
    close,
  };
}
