/**
 * Does something with each item, so many at a time, taking the next only when there is room: a hundred thousand files
 * then cost a handful of promises. The first failure stops all lanes and is thrown.
 */
export async function inLanes<T>(
  items: Iterable<T> | AsyncIterable<T>,
  lanes: number,
  each: (item: T) => Promise<void>,
): Promise<void> {
  const iterator: Iterator<T> | AsyncIterator<T> =
    Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let ended = false;
  async function lane(): Promise<void> {
    try {
      while (!ended) {
        const next = await iterator.next();
        if (next.done) ended = true;
        else await each(next.value);
      }
    } catch (error) {
      ended = true;
      throw error;
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane));
}
