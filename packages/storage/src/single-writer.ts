/** Writes one thing at a time, and only the newest state of it. */
export interface SingleWriter {
  /** Resolves when a write that began after this call has finished: what was in memory is then on disk. */
  save(): Promise<void>;
  /** Waits until nothing is under way. Never rejects: a failure is told to those who called `save`. */
  idle(): Promise<void>;
}

/**
 * Gathers the changes of one document: those that arrive while a write is under way share the next one, so that an
 * acknowledged change is on disk and a thousand changes cost a few writes.
 */
export function createSingleWriter(write: () => Promise<void>): SingleWriter {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function run(): Promise<void> {
    next = undefined;
    running = write().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    save: () => {
      // `next` first: between the end of a write and the start of the next one, nothing is running for a moment.
      if (next) return next;
      if (!running) return run();
      // A failure of the write under way is its own callers'; the next one tries afresh.
      next = running.then(run, run);
      return next;
    },
    idle: async () => {
      for (let last = next ?? running; last; last = next ?? running) await last.catch(() => undefined);
    },
  };
}
