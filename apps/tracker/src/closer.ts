/** Closes what was opened, the last first. */
export interface Closer {
  add(close: () => Promise<void>): void;
  /** Goes on when one fails, and throws the first failure at the end. Twice without harm. */
  close(): Promise<void>;
}

export function createCloser(): Closer {
  const opened: (() => Promise<void>)[] = [];
  let closing: Promise<void> | undefined;

  async function closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const close of opened.reverse()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  return {
    add: (close) => {
      opened.push(close);
    },
    close: () => (closing ??= closeAll()),
  };
}
