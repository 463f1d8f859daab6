/** Of many changes so many are told, then comes the turn of everything else: some milliseconds of work. */
const maxToldAtOnce = 500;
/** Then the next part: an interface that takes longer for one than this must not have them pile up before it. */
const nextPartMs = 20;

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
  const changed = new Set<Id>();
  const removed = new Set<Id>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function flush(): void {
    timer = undefined;
    const batch = [takeSome(changed), takeSome(removed)] as const;
    if (changed.size > 0 || removed.size > 0) timer = setTimeout(flush, nextPartMs);
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

function takeSome<Id>(ids: Set<Id>): Set<Id> {
  const some = new Set<Id>();
  for (const id of ids) {
    if (some.size >= maxToldAtOnce) break;
    ids.delete(id);
    some.add(id);
  }
  return some;
}
