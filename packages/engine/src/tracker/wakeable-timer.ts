/** A wait that somebody can end early. One wait at a time. */
export interface WakeableTimer {
  wait(ms: number): Promise<void>;
  wake(): void;
}

export function createWakeableTimer(): WakeableTimer {
  let wake: (() => void) | undefined;
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => wake?.(), ms);
        wake = () => {
          clearTimeout(timer);
          wake = undefined;
          resolve();
        };
      }),
    wake: () => wake?.(),
  };
}
