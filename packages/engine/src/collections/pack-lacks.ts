/** What one source did not have when it was asked, over however many connections. */
export interface PackLacks {
  readonly files: ReadonlySet<number>;
  add(index: number): void;
  /** A file may be there again after a while; to ask for it at once would be to ask for ever. */
  forgetOld(): void;
}

const askAgainMs = 30_000;

/** `now`: milliseconds. */
export function createPackLacks(now: () => number): PackLacks {
  const files = new Set<number>();
  let since = 0;
  return {
    files,
    add: (index) => {
      if (files.size === 0) since = now();
      files.add(index);
    },
    forgetOld: () => {
      const age = now() - since;
      if (age < 0 || age >= askAgainMs) files.clear();
    },
  };
}
