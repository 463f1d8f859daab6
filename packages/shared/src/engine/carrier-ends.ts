/** The listeners of one carrier, and the rule that its end is told once, also to who asks after it. */
export interface CarrierEnds {
  readonly closed: boolean;
  readonly onFrame: (listener: (frame: unknown) => void) => void;
  readonly onClose: (listener: () => void) => void;
  /** Ignored after the end: whoever closed expects nothing more. */
  readonly deliver: (frame: unknown) => void;
  readonly end: () => void;
}

export function createCarrierEnds(): CarrierEnds {
  const frameListeners: ((frame: unknown) => void)[] = [];
  const closeListeners: (() => void)[] = [];
  let closed = false;
  return {
    get closed() {
      return closed;
    },
    onFrame: (listener) => {
      frameListeners.push(listener);
    },
    onClose: (listener) => {
      // Never silent: a session on a carrier that is already closed would wait for ever.
      if (closed) void Promise.resolve().then(listener);
      else closeListeners.push(listener);
    },
    deliver: (frame) => {
      for (const listener of frameListeners) if (!closed) listener(frame);
    },
    end: () => {
      if (closed) return;
      closed = true;
      for (const listener of closeListeners) listener();
    },
  };
}
