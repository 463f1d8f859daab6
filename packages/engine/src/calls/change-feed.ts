/** Gathers changes of things by id and tells them at most every `everyMs`, so that a fast transfer costs little. */
export interface ChangeFeed<Id> {
  changed(id: Id): void;
  removed(id: Id): void;
  close(): void;
}

export function createChangeFeed<Id>(
  everyMs: number,
  tell: (changed: ReadonlySet<Id>, removed: ReadonlySet<Id>) => void,
): ChangeFeed<Id> {
  let changed = new Set<Id>();
  let removed = new Set<Id>();
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    timer = undefined;
    const batch = [changed, removed] as const;
    changed = new Set();
    removed = new Set();
    tell(...batch);
  }

  return {
    changed: (id) => {
      removed.delete(id);
      changed.add(id);
      timer ??= setTimeout(flush, everyMs);
    },
    removed: (id) => {
      changed.delete(id);
      removed.add(id);
      timer ??= setTimeout(flush, everyMs);
    },
    close: () => {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
