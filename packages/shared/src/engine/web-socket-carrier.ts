import type { Carrier } from './carrier.js';
import { createCarrierEnds } from './carrier-ends.js';
import { parseFrameText, toFrameText } from './frame-text.js';

/** What the WebSocket of a browser and of `ws` have in common. */
export interface WebSocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number): void;
  addEventListener(type: 'open' | 'close' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

const connecting = 0;
const open = 1;
const unsupportedData = 1003;

/** Frames as JSON text. What is sent before the socket is open waits for it; a message that is no JSON ends it. */
export function createWebSocketCarrier(socket: WebSocketLike): Carrier {
  const ends = createCarrierEnds();
  const waiting: string[] = [];
  const close = (code?: number): void => {
    if (ends.closed) return;
    if (waiting.length === 0) socket.close(code); // else after what waits for the socket to open
    ends.end(); // not the `close` event: that waits for the other end's answer, which may never come
  };
  socket.addEventListener('open', () => {
    for (const text of waiting.splice(0)) socket.send(text);
    if (ends.closed) socket.close();
  });
  socket.addEventListener('message', ({ data }) => {
    const frame = parseFrameText(data);
    if (frame === undefined) close(unsupportedData);
    else ends.deliver(frame);
  });
  socket.addEventListener('close', ends.end);
  // `ws` throws from the event loop when an error (a refused connection, a message over its limit) has no listener.
  // Nothing to do here: `close` follows each error, and tells it.
  socket.addEventListener('error', () => undefined);
  return {
    send: (frame) => {
      const text = toFrameText(frame);
      if (ends.closed) return;
      if (socket.readyState === connecting) waiting.push(text);
      else if (socket.readyState === open) socket.send(text);
    },
    onFrame: ends.onFrame,
    onClose: ends.onClose,
    close: () => {
      close();
    },
  };
}
