/** Time, handed in, so that tests decide when it passes. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs once after `delayMs`, unless the returned function is called first. Keeps no process alive. */
  after(delayMs: number, run: () => void): () => void;
}
