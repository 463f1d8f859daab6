import type { Carrier } from './carrier.js';

/**
 * Two carriers joined in memory. Frames pass through JSON and arrive in a later microtask, as over a wire, so what
 * works here works there.
 */
export function createMemoryCarrierPair(): [Carrier, Carrier] {
  const left = createEnd();
  const right = createEnd();
  left.join(right);
  right.join(left);
  return [left.carrier, right.carrier];
}

interface End {
  readonly carrier: Carrier;
  join(peer: End): void;
  receive(text: string): void;
  end(): void;
}

function createEnd(): End {
  const frameListeners: ((frame: unknown) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let peer: End | undefined;
  let closed = false;
  const end = (): void => {
    if (closed) return;
    closed = true;
    for (const listener of closeListeners) listener();
  };
  return {
    join: (other) => (peer = other),
    receive: (text) => {
      if (!closed) for (const listener of frameListeners) listener(JSON.parse(text));
    },
    end,
    carrier: {
      send: (frame) => {
        const text = JSON.stringify(frame);
        if (!closed) void Promise.resolve().then(() => peer?.receive(text));
      },
      onFrame: (listener) => frameListeners.push(listener),
      onClose: (listener) => closeListeners.push(listener),
      close: () => {
        end();
        void Promise.resolve().then(() => peer?.end());
      },
    },
  };
}
