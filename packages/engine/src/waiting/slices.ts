import { setImmediate as nextTurn } from 'node:timers/promises';

/** Long work on the event loop, cut so that nothing else waits for it long: `if (slices.isOver()) await slices.next()`. */
export interface Slices {
  isOver(): boolean;
  /** Lets everything else that is due run first. */
  next(): Promise<void>;
}

/** A quarter of what the loop may be held for: the step that crosses the line, and what collects garbage, come on top. */
const sliceMs = 5;

export function createSlices(now: () => number = () => performance.now()): Slices {
  let endsAt = now() + sliceMs;
  return {
    isOver: () => now() >= endsAt,
    next: async () => {
      await nextTurn();
      endsAt = now() + sliceMs;
    },
  };
}
