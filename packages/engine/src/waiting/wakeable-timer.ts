/** A wait that somebody can end early. One wait at a time. */
export interface WakeableTimer {
  /** Ends at once when `wake` was called since the last wait: what it told is not lost. */
  wait(ms: number): Promise<void>;
  wake(): void;
  /** Forgets a `wake` that nobody waited for: what it told is known by now. */
  forget(): void;
}

export function createWakeableTimer(): WakeableTimer {
  let endWait: (() => void) | undefined;
  let woken = false;
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => endWait?.(), ms);
        endWait = () => {
          clearTimeout(timer);
          endWait = undefined;
          woken = false;
          resolve();
        };
        if (woken) endWait();
      }),
    wake: () => {
      woken = true;
      endWait?.();
    },
    forget: () => {
      woken = false;
    },
  };
}
