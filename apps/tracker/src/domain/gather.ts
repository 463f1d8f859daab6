import type { Clock } from './clock.js';

/** Turns many changes into one later run. */
export interface Gather {
  /** Something changed: a run follows within the gathering time. */
  mark(): void;
  /** Runs now when something is marked. */
  flush(): void;
  /** Forgets what is marked and marks no more. */
  close(): void;
}

export function createGather(clock: Clock, gatherMs: number, run: () => void): Gather {
  let cancel: (() => void) | undefined;
  let closed = false;

  function flush(): void {
    if (!cancel) return;
    cancel();
    cancel = undefined;
    run();
  }

  return {
    mark: () => {
      if (!closed) cancel ??= clock.after(gatherMs, flush);
    },
    flush,
    close: () => {
      closed = true;
      cancel?.();
      cancel = undefined;
    },
  };
}
