import type { Slots } from '../waiting/slots.js';

/** One slot for many: taken when the first of them begins, given back when the last ends. */
export interface SharedTurn {
  /** Returns what ends this one's part; twice without harm. Throws `cancelled` after the signal. */
  readonly take: (signal: AbortSignal) => Promise<() => void>;
}

export function createSharedTurn(slots: Slots): SharedTurn {
  let users = 0;
  let slot: Promise<() => void> | undefined;
  let waitEnd = new AbortController();

  function leave(): void {
    if (--users > 0) return;
    waitEnd.abort(); // or a slot that nobody waits for any more would be taken
    slot?.then(
      (giveBack) => {
        giveBack();
      },
      () => undefined, // it was never given
    );
    slot = undefined;
  }

  return {
    take: async (signal) => {
      users++;
      if (!slot) {
        waitEnd = new AbortController();
        slot = slots.take(waitEnd.signal);
      }
      let isLeft = false;
      const leaveOnce = (): void => {
        if (isLeft) return;
        isLeft = true;
        leave();
      };
      signal.addEventListener('abort', leaveOnce, { once: true });
      try {
        await slot;
        signal.removeEventListener('abort', leaveOnce);
        signal.throwIfAborted();
        return leaveOnce;
      } catch (error) {
        leaveOnce();
        throw error;
      }
    },
  };
}
