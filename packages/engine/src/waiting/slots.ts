import { EnxameError } from '@enxame/shared/errors/enxame-error';

/** Lets so many do their work at the same time; the others wait in the order in which they came. */
export interface Slots {
  /** Returns what gives the slot back. Throws `cancelled` after the signal. */
  take(signal: AbortSignal): Promise<() => void>;
}

export function createSlots(count: number): Slots {
  const waiting = new Set<() => void>();
  let free = count;

  function giveBack(): void {
    free++;
    for (const start of waiting) {
      if (free === 0) return;
      start();
    }
  }

  return {
    take: (signal) =>
      new Promise((resolve, reject) => {
        const end = (): void => {
          waiting.delete(start);
          signal.removeEventListener('abort', cancel);
        };
        const start = (): void => {
          free--;
          end();
          resolve(giveBack);
        };
        const cancel = (): void => {
          end();
          reject(new EnxameError('cancelled'));
        };
        if (signal.aborted) {
          cancel();
          return;
        }
        signal.addEventListener('abort', cancel, { once: true });
        if (free > 0) start();
        else waiting.add(start);
      }),
  };
}
