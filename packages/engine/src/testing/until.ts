/** A condition that somebody else makes true: told after each event that may have. Waits for events, never for a time. */
export interface Condition {
  /** Something happened. */
  readonly changed: () => void;
  /** Resolves when `holds` does, at once if it does now. */
  until(holds: () => boolean): Promise<void>;
}

export function createCondition(): Condition {
  const waiting = new Set<() => void>();
  return {
    changed: () => {
      for (const look of [...waiting]) look();
    },
    until: (holds) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!holds()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}
