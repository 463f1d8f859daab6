/** What was opened, to be closed in reverse order. */
export interface Closing {
  /** Registers the close of something on the line after it was opened. */
  add(close: () => void | Promise<void>): void;
  /** Closes all, the last first; a failure does not keep the others open, and is thrown at the end. Twice without harm. */
  close(): Promise<void>;
}

export function createClosing(): Closing {
  const closers: (() => void | Promise<void>)[] = [];
  let closing: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = closers.pop(); close; close = closers.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be closed');
  }

  return {
    add: (close) => void closers.push(close),
    close: () => (closing ??= closeAll()),
  };
}
