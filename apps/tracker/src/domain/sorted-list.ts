/** Longer ones are split: inserting moves at most this many pointers, and a list of a million has some 2,000 chunks. */
const maxChunk = 1024;

/**
 * A list that stays in order while items come and go. Insert, delete and reading a window cost far less than the list
 * is long, at a million items too. `compare` must be a total order over the items held, and must give the same answer
 * for as long as an item is in the list.
 */
export class SortedList<T> {
  readonly #compare: (left: T, right: T) => number;
  #chunks: T[][] = [];
  #size = 0;

  constructor(compare: (left: T, right: T) => number, items: Iterable<T> = []) {
    this.#compare = compare;
    this.#fill([...items].sort(compare));
  }

  /** A list of items that are in order already. */
  static fromOrdered<T>(compare: (left: T, right: T) => number, ordered: readonly T[]): SortedList<T> {
    const list = new SortedList(compare);
    list.#fill(ordered);
    return list;
  }

  get size(): number {
    return this.#size;
  }

  insert(item: T): void {
    this.#size++;
    const index = Math.min(this.#chunkFor(item), this.#chunks.length - 1);
    const chunk = this.#chunks[index];
    if (!chunk) {
      this.#chunks.push([item]);
      return;
    }
    chunk.splice(this.#positionIn(chunk, item), 0, item);
    if (chunk.length > maxChunk) this.#chunks.splice(index + 1, 0, chunk.splice(maxChunk / 2));
  }

  /** False when the item was not there. */
  delete(item: T): boolean {
    const index = this.#chunkFor(item);
    const chunk = this.#chunks[index];
    if (!chunk) return false;
    const position = this.#positionIn(chunk, item);
    if (chunk[position] !== item) return false;
    chunk.splice(position, 1);
    if (chunk.length === 0) this.#chunks.splice(index, 1);
    this.#size--;
    return true;
  }

  /** At most `limit` items from `offset` on, in order. */
  slice(offset: number, limit: number): T[] {
    const items: T[] = [];
    let skip = offset;
    for (const chunk of this.#chunks) {
      if (items.length >= limit) break;
      if (skip >= chunk.length) {
        skip -= chunk.length;
        continue;
      }
      items.push(...chunk.slice(skip, skip + limit - items.length));
      skip = 0;
    }
    return items;
  }

  /** As `slice`, of the list in reverse. */
  sliceReversed(offset: number, limit: number): T[] {
    const end = Math.max(0, this.#size - offset);
    const start = Math.max(0, end - limit);
    return this.slice(start, end - start).reverse();
  }

  forEach(visit: (item: T) => void): void {
    for (const chunk of this.#chunks) for (const item of chunk) visit(item);
  }

  /** Visits, in order, from the first item that is not before on, until `visit` answers false. */
  forEachFrom(isBefore: (item: T) => boolean, visit: (item: T) => boolean): void {
    const first = this.#firstNotBefore(isBefore);
    for (let index = first; index < this.#chunks.length; index++) {
      for (const item of this.#chunks[index] as T[]) {
        if (index === first && isBefore(item)) continue;
        if (!visit(item)) return;
      }
    }
  }

  /** Visits, in reverse order, from the last item that is before on, until `visit` answers false. */
  forEachBefore(isBefore: (item: T) => boolean, visit: (item: T) => boolean): void {
    const first = this.#firstNotBefore(isBefore);
    for (let index = Math.min(first, this.#chunks.length - 1); index >= 0; index--) {
      const chunk = this.#chunks[index] as T[];
      for (let at = chunk.length - 1; at >= 0; at--) {
        const item = chunk[at] as T;
        if (index === first && !isBefore(item)) continue;
        if (!visit(item)) return;
      }
    }
  }

  /** Visits from one end until `visit` answers false. */
  walk(descending: boolean, visit: (item: T) => boolean): void {
    if (!descending) {
      this.forEachFrom(() => false, visit);
      return;
    }
    for (let index = this.#chunks.length - 1; index >= 0; index--) {
      const chunk = this.#chunks[index] as T[];
      for (let at = chunk.length - 1; at >= 0; at--) if (!visit(chunk[at] as T)) return;
    }
  }

  #fill(ordered: readonly T[]): void {
    // Half full, so that the first insertions split nothing.
    for (let start = 0; start < ordered.length; start += maxChunk / 2) {
      this.#chunks.push(ordered.slice(start, start + maxChunk / 2));
    }
    this.#size = ordered.length;
  }

  /** The first chunk that does not end before. */
  #firstNotBefore(isBefore: (item: T) => boolean): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.#chunks[middle]?.at(-1) as T)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first chunk that ends at or after the item. */
  #chunkFor(item: T): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const last = this.#chunks[middle]?.at(-1) as T;
      if (this.#compare(last, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The first position in the chunk at or after the item. */
  #positionIn(chunk: readonly T[], item: T): number {
    let low = 0;
    let high = chunk.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#compare(chunk[middle] as T, item) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
