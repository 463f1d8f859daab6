/** Gathers changes of things by id and tells them at most every `everyMs`, so that a fast transfer costs little. */
export interface ChangeFeed<Id> {
  readonly changed: (id: Id) => void;
  readonly removed: (id: Id) => void;
  readonly close: () => void;
}

export function createChangeFeed<Id>(
  everyMs: number,
  tell: (changed: ReadonlySet<Id>, removed: ReadonlySet<Id>) => void,
): ChangeFeed<Id> {
  let changed = new Set<Id>();
  let removed = new Set<Id>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function flush(): void {
    timer = undefined;
    const batch = [changed, removed] as const;
    changed = new Set();
    removed = new Set();
    tell(...batch);
  }

  function schedule(): void {
    if (!closed) timer ??= setTimeout(flush, everyMs);
  }

  return {
    changed: (id) => {
      removed.delete(id);
      changed.add(id);
      schedule();
    },
    removed: (id) => {
      changed.delete(id);
      removed.add(id);
      schedule();
    },
    close: () => {
      closed = true;
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
