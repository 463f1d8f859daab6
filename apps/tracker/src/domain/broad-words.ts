import { isAlive, pageRows } from './entry-page.js';
import type { EntryTable } from './entry-table.js';
import { RowSet } from './row-set.js';
import type { Posting } from './word-index.js';

/** At a million rows these take 32 MB. The smallest goes first: it is made again the fastest. */
const maxSets = 256;

/**
 * The rows of what very many names have, such as one letter that somebody begins to type: sets that stay, so that nobody
 * gathers half a million rows again for each who types it. Made when first asked for, then kept true by whoever changes
 * the table: `delete` before a change, `insert` after it.
 */
export class BroadWords {
  readonly #table: EntryTable;
  /** By the beginning of a word: the rows in whose name, or in whose owner's name, a word begins so. */
  readonly #names = new Map<string, RowSet>();
  readonly #owners = new Map<string, RowSet>();
  /** So long are the beginnings that have a set: no other is cut from a word to look for it. */
  #lengths = new Set<number>();

  constructor(table: EntryTable) {
    this.#table = table;
  }

  name(beginning: string): RowSet | undefined {
    return this.#names.get(beginning);
  }

  owner(beginning: string): RowSet | undefined {
    return this.#owners.get(beginning);
  }

  addName(beginning: string, postings: readonly Posting[]): RowSet {
    const set = toRowSet(this.#table, postings);
    this.#keep(this.#names, beginning, set);
    return set;
  }

  /** `numbers`: the owners. */
  addOwner(beginning: string, numbers: readonly number[]): RowSet {
    const { owners, pages, rows } = this.#table;
    const isOwner = new Uint8Array(owners.length);
    for (const number of numbers) isOwner[number] = 1;
    const set = new RowSet(rows);
    for (const [index, page] of pages.entries()) {
      const first = index * pageRows;
      const end = Math.min(pageRows, rows - first);
      for (let at = 0; at < end; at++) {
        const isIn = isOwner[page.owner[at] as number] === 1 && ((page.flags[at] as number) & isAlive) !== 0;
        if (isIn) set.add(first + at);
      }
    }
    this.#keep(this.#owners, beginning, set);
    return set;
  }

  insert(row: number, nameWords: readonly string[], ownerWords: readonly string[]): void {
    this.#forEach(this.#names, nameWords, (set) => {
      set.add(row);
    });
    this.#forEach(this.#owners, ownerWords, (set) => {
      set.add(row);
    });
  }

  delete(row: number, nameWords: readonly string[], ownerWords: readonly string[]): void {
    this.#forEach(this.#names, nameWords, (set) => {
      set.delete(row);
    });
    this.#forEach(this.#owners, ownerWords, (set) => {
      set.delete(row);
    });
  }

  /** Many rows came at once: the sets are made anew when they are asked for. */
  clear(): void {
    this.#names.clear();
    this.#owners.clear();
    this.#lengths.clear();
  }

  #forEach(sets: ReadonlyMap<string, RowSet>, words: readonly string[], visit: (set: RowSet) => void): void {
    if (sets.size === 0) return;
    for (const word of words) {
      for (const length of this.#lengths) {
        if (length > word.length) continue;
        const set = sets.get(word.slice(0, length));
        if (set) visit(set);
      }
    }
  }

  #keep(sets: Map<string, RowSet>, beginning: string, set: RowSet): void {
    sets.set(beginning, set);
    this.#lengths.add(beginning.length);
    if (sets.size <= maxSets) return;
    let smallest = beginning;
    for (const [other, { count }] of sets) if (count < (sets.get(smallest)?.count ?? 0)) smallest = other;
    sets.delete(smallest);
    this.#lengths = new Set([...this.#names.keys(), ...this.#owners.keys()].map(({ length }) => length));
  }
}

export function toRowSet({ rows: end }: EntryTable, postings: readonly Posting[]): RowSet {
  const set = new RowSet(end);
  for (const { rows, only, count } of postings) {
    if (rows === undefined) set.add(only);
    else for (let index = 0; index < count; index++) set.add(rows[index] as number);
  }
  return set;
}
