/**
 * Runs items in batches, one batch at a time: those that come while one runs go into the next. The promise of an item
 * is that of its batch.
 */
export interface Batches<T> {
  add(item: T): Promise<void>;
  /** Waits until nothing is waiting or running. Never rejects: failures are for those who added. */
  idle(): Promise<void>;
}

export function createBatches<T>(run: (batch: readonly T[]) => Promise<void>): Batches<T> {
  let waiting: T[] = [];
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function start(): Promise<void> {
    const batch = waiting;
    waiting = [];
    next = undefined;
    running = run(batch).finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    add: (item) => {
      waiting.push(item);
      // `next` first: between the end of a run and the start of the next one nothing is running for a moment.
      if (next) return next;
      if (!running) return start();
      next = running.then(start, start);
      return next;
    },
    idle: async () => {
      for (let last = next ?? running; last; last = next ?? running) await last.catch(() => undefined);
    },
  };
}
