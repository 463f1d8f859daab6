/** Work on one thing, one after the other; work on others goes on beside it. */
export interface KeyedTurns {
  /** Runs the work after all that came before it under the same key, whether that failed or not. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Waits for all that is under way. */
  idle(): Promise<void>;
}

export function createKeyedTurns(): KeyedTurns {
  const last = new Map<string, Promise<unknown>>();
  return {
    run: (key, work) => {
      const turn = (last.get(key) ?? Promise.resolve()).then(work);
      // What waits behind a failure is not its concern: the caller of that turn is told.
      const settled = turn.catch(() => undefined).then(() => {
        if (last.get(key) === settled) last.delete(key);
      }); // prettier-ignore
      last.set(key, settled);
      return turn;
    },
    idle: async () => {
      await Promise.all(last.values());
    },
  };
}
