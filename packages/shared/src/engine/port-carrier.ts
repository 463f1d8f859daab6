import type { Carrier } from './carrier.js';
import { createCarrierEnds } from './carrier-ends.js';
import { parseFrameText, toFrameText } from './frame-text.js';

/** What a MessagePort of the DOM and of `node:worker_threads` have in common. */
interface DomPort {
  postMessage(frame: unknown): void;
  addEventListener(type: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void): void;
  start?(): void;
  close(): void;
}

/** Electron's MessagePortMain, as the engine process gets it: the same, as an emitter. */
interface EmitterPort {
  postMessage(frame: unknown): void;
  on(type: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void): unknown;
  start(): void;
  close(): void;
}

export type PortLike = DomPort | EmitterPort;

/** Starts the port: listeners must be added in the same turn of the event loop. */
export function createPortCarrier(port: PortLike): Carrier {
  const ends = createCarrierEnds();
  const listen = (type: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void): void => {
    if ('addEventListener' in port) port.addEventListener(type, listener);
    else port.on(type, listener);
  };
  const close = (): void => {
    if (ends.closed) return;
    port.close();
    ends.end();
  };
  listen('message', ({ data }) => {
    const frame = parseFrameText(data);
    if (frame === undefined) close();
    else ends.deliver(frame);
  });
  listen('close', ends.end);
  port.start?.();
  return {
    send: (frame) => {
      const text = toFrameText(frame);
      if (!ends.closed) port.postMessage(text);
    },
    onFrame: ends.onFrame,
    onClose: ends.onClose,
    close,
  };
}
