/** Long work in pieces: between two of them others are served. Handed in, so that tests decide when a piece ends. */
export interface Turns {
  /** Begins the first piece of some work. */
  begin(): Turn;
}

export interface Turn {
  /** Whether the piece that is running has run long enough. */
  isDue(): boolean;
  /** Lets the others run, and begins the next piece. */
  next(): Promise<void>;
}

/** Never makes anybody wait, and never waits. */
export const unhurried: Turns = { begin: () => ({ isDue: () => false, next: () => Promise.resolve() }) };
