import type { Turns } from './domain/turns.js';

/** As long as nobody notices: five of these in a row are still below what the tracker promises. */
const pieceMs = 8;

/**
 * Pieces of some milliseconds. However much work there is, only one piece runs between two looks at the sockets:
 * otherwise a thousand devices that connect at once would hold the others up for a thousand pieces.
 */
export function createSystemTurns(): Turns {
  const waiting: (() => void)[] = [];

  function runNext(): void {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(runNext);
  }

  return {
    begin: () => {
      let startedAt = performance.now();
      return {
        isDue: () => performance.now() - startedAt > pieceMs,
        next: async () => {
          await new Promise<void>((resolve) => {
            waiting.push(resolve);
            if (waiting.length === 1) setImmediate(runNext);
          });
          startedAt = performance.now();
        },
      };
    },
  };
}
