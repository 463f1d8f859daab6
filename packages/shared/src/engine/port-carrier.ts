import type { Carrier } from './carrier.js';

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

/** Starts the port: listeners must be added in the same turn of the event loop. */
export function createPortCarrier(port: DomPort | EmitterPort): Carrier {
  const closeListeners: (() => void)[] = [];
  let closed = false;
  const end = (): void => {
    if (closed) return;
    closed = true;
    for (const listener of closeListeners) listener();
  };
  const listen = (type: 'message' | 'close', listener: (event: { readonly data?: unknown }) => void): void => {
    if ('addEventListener' in port) port.addEventListener(type, listener);
    else port.on(type, listener);
  };
  listen('close', end);
  port.start?.();
  return {
    send: (frame) => {
      if (!closed) port.postMessage(frame);
    },
    onFrame: (listener) => {
      listen('message', (event) => {
        listener(event.data);
      });
    },
    onClose: (listener) => closeListeners.push(listener),
    close: () => {
      port.close();
      end();
    },
  };
}
