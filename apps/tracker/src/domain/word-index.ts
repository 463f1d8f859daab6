import { orderByText } from './radix-order.js';
import { compareText } from './search-text.js';
import { SortedList } from './sorted-list.js';

/** Small maps grow without a pause. */
const shards = 256;
/** Room of a list when it is made: most words that are in two rows are soon in three. */
const firstRows = 4;

/** A word, and in which rows it is. Most words are in one row: they need no list. */
class Posting {
  readonly word: string;
  count = 0;
  #only = 0;
  /** Ascending. Used from the second row on. */
  #rows: Uint32Array | undefined;

  constructor(word: string) {
    this.word = word;
  }

  add(row: number): void {
    if (this.count === 0) this.#only = row;
    else this.#insert(row);
    this.count++;
  }

  /** At least one row. */
  addAll(added: Uint32Array, start: number, end: number): void {
    const before = this.count;
    const count = before + end - start;
    this.count = count;
    if (count === 1) {
      this.#only = added[start] as number;
      return;
    }
    let rows = this.#rows;
    if (!rows || rows.length < count) {
      rows = new Uint32Array(Math.max(firstRows, 2 ** Math.ceil(Math.log2(count))));
      if (this.#rows) rows.set(this.#rows);
      else if (before === 1) rows[0] = this.#only;
      this.#rows = rows;
    }
    for (let from = start, to = before; from < end; from++, to++) rows[to] = added[from] as number;
  }

  has(row: number): boolean {
    const rows = this.#rows;
    if (!rows) return this.count === 1 && this.#only === row;
    const at = this.#positionOf(rows, row);
    return at < this.count && rows[at] === row;
  }

  delete(row: number): void {
    const rows = this.#rows;
    if (!rows) {
      if (this.count === 1 && this.#only === row) this.count = 0;
      return;
    }
    const at = this.#positionOf(rows, row);
    if (at >= this.count || rows[at] !== row) return;
    rows.copyWithin(at, at + 1, this.count);
    this.count--;
    if (this.count > 1) return;
    this.#only = rows[0] as number;
    this.#rows = undefined;
  }

  /** The rows, in the first `count` places; undefined when there is but `only`. */
  get rows(): Uint32Array | undefined {
    return this.#rows;
  }

  get only(): number {
    return this.#only;
  }

  #insert(row: number): void {
    let rows = this.#rows;
    if (!rows) {
      rows = new Uint32Array(firstRows);
      rows[0] = this.#only;
    } else if (rows.length === this.count) {
      const larger = new Uint32Array(rows.length * 2);
      larger.set(rows);
      rows = larger;
    }
    this.#rows = rows;
    const isLast = (rows[this.count - 1] as number) < row;
    const at = isLast ? this.count : this.#positionOf(rows, row);
    if (!isLast) rows.copyWithin(at + 1, at, this.count);
    rows[at] = row;
  }

  #positionOf(rows: Uint32Array, row: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rows[middle] as number) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
export type { Posting };

/** In which rows each word is, by the beginning of the word. A row is added with a word at most once. */
export class WordIndex {
  readonly #maps: Map<string, Posting>[] = Array.from({ length: shards }, () => new Map<string, Posting>());
  /** In order by word; made when it is first asked for, because a million words are sorted faster together. */
  #ordered: SortedList<Posting> | undefined;

  get size(): number {
    return this.#maps.reduce((sum, map) => sum + map.size, 0);
  }

  add(word: string, row: number): void {
    this.#postingOf(word).add(row);
  }

  /** Adds the rows of a part of a list with one word, ascending and above all that are there: what is read at the start. */
  addAll(word: string, rows: Uint32Array, start: number, end: number): void {
    this.#postingOf(word).addAll(rows, start, end);
  }

  #postingOf(word: string): Posting {
    const map = this.#mapOf(word);
    let posting = map.get(word);
    if (!posting) {
      posting = new Posting(word);
      map.set(word, posting);
      this.#ordered?.insert(posting);
    }
    return posting;
  }

  delete(word: string, row: number): void {
    const map = this.#mapOf(word);
    const posting = map.get(word);
    if (!posting) return;
    posting.delete(row);
    if (posting.count > 0) return;
    map.delete(word);
    this.#ordered?.delete(posting);
  }

  get(word: string): Posting | undefined {
    return this.#mapOf(word).get(word);
  }

  /** All words that begin so. */
  withPrefix(prefix: string): Posting[] {
    const found: Posting[] = [];
    this.ordered().forEachFrom(
      (posting) => compareText(posting.word, prefix) < 0,
      (posting) => {
        if (!posting.word.startsWith(prefix)) return false;
        found.push(posting);
        return true;
      },
    );
    return found;
  }

  /** Puts the words in order now, so that the first search need not. */
  ordered(): SortedList<Posting> {
    if (!this.#ordered) {
      const all: Posting[] = [];
      for (const map of this.#maps) for (const posting of map.values()) all.push(posting);
      const order = orderByText(Uint32Array.from(all.keys()), (index) => (all[index] as Posting).word);
      const compare = (left: Posting, right: Posting): number => compareText(left.word, right.word);
      const ordered = Array.from(order, (index) => all[index] as Posting);
      this.#ordered = SortedList.fromOrdered(compare, ordered);
    }
    return this.#ordered;
  }

  #mapOf(word: string): Map<string, Posting> {
    // The map hashes the whole word: here it is enough that its letters spread.
    const middle = word.charCodeAt(word.length >> 1);
    const hash = word.charCodeAt(0) * 7 + middle * 31 + word.charCodeAt(word.length - 1) * 131 + word.length * 17;
    return this.#maps[hash & (shards - 1)] as Map<string, Posting>;
  }
}
