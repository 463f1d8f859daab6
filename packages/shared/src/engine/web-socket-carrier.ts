import type { Carrier } from './carrier.js';

/** What the WebSocket of a browser and of `ws` have in common. */
interface WebSocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number): void;
  addEventListener(type: 'open' | 'close', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

const connecting = 0;
const open = 1;
const unsupportedData = 1003;

/** Frames as JSON text. What is sent before the socket is open waits for it; a message that is no JSON ends it. */
export function createWebSocketCarrier(socket: WebSocketLike): Carrier {
  const waiting: string[] = [];
  socket.addEventListener('open', () => {
    for (const text of waiting.splice(0)) socket.send(text);
  });
  return {
    send: (frame) => {
      const text = JSON.stringify(frame);
      if (socket.readyState === connecting) waiting.push(text);
      else if (socket.readyState === open) socket.send(text);
    },
    onFrame: (listener) => {
      socket.addEventListener('message', ({ data }) => {
        const frame = parseJson(data);
        if (frame === undefined) socket.close(unsupportedData);
        else listener(frame);
      });
    },
    onClose: (listener) => {
      socket.addEventListener('close', listener);
    },
    close: () => {
      socket.close();
    },
  };
}

/** Undefined for what is not JSON text. */
function parseJson(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return undefined; // answered by closing the socket
  }
}
