/** What the other thread has to do, so that it never waits for this one. */
const thereAhead = 8;
/** What was read before its turn waits in memory: some megabytes. */
const mostAhead = 48;

/**
 * Reads items in two places at once, and gives them in their order: mostly `there`, in another thread; while the next one
 * is not ready, this thread reads one further on itself (`here`) instead of waiting. Without `there` all is read here.
 */
export async function* readInTwo<Item, Read>(
  items: readonly Item[],
  read: { readonly there: ((item: Item) => Promise<Read>) | undefined; readonly here: (item: Item) => Promise<Read> },
): AsyncGenerator<Read> {
  interface Reading {
    readonly read: Promise<Read>;
    isDone: boolean;
  }
  const ahead: Reading[] = [];
  let next = 0;
  let away = 0;

  function begin(reading: Promise<Read>): Reading {
    const begun: Reading = { read: reading, isDone: false };
    const done = (): void => {
      begun.isDone = true;
    };
    reading.then(done, done); // thrown when it is its turn
    ahead.push(begun);
    return begun;
  }

  while (next < items.length || ahead.length > 0) {
    while (read.there && next < items.length && away < thereAhead) {
      away++;
      const back = (): void => {
        away--;
      };
      begin(read.there(items[next++] as Item)).read.then(back, back);
    }
    const isIdle = ahead[0]?.isDone !== true && ahead.length < mostAhead;
    if (next < items.length && isIdle) {
      await begin(read.here(items[next++] as Item)).read.catch(() => undefined);
      continue;
    }
    yield await (ahead.shift() as Reading).read;
  }
}
