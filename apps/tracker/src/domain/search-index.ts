import { BroadWords, toRowSet } from './broad-words.js';
import type { WordRows } from './broad-matches.js';
import type { EntryColumns } from './entry-columns.js';
import type { EntryTable } from './entry-table.js';
import { RowSet } from './row-set.js';
import { toNameWords } from './search-words.js';
import { WordIndex, type Posting } from './word-index.js';

/** Where the entries are that one word of a search fits. */
export interface WordPlan {
  readonly word: string;
  /** The names with this very word. */
  readonly whole: Posting | undefined;
  /** The names in which a word begins so: either as a set, where they are many, or word by word. */
  readonly names: RowSet | undefined;
  readonly postings: readonly Posting[];
  /** The owners in whose name a word begins so; their rows as a set, where they are many. */
  readonly owners: readonly number[];
  readonly ownerSet: RowSet | undefined;
  readonly ownerRows: number;
  /** Rows to look at, those of the owners not counted. */
  readonly cost: number;
}

const none = new RowSet(0);

/**
 * The words of names and of owners' names. Whoever changes the table keeps them true: `delete` before a change,
 * `insert` after it.
 */
export class SearchIndex {
  readonly #table: EntryTable;
  readonly #words = new WordIndex();
  readonly #broad: BroadWords;
  readonly #broadRows: number;
  readonly #ownerWords: (readonly string[])[] = [];

  /** `broadRows`: what is in more rows than this is kept as a set. */
  constructor(table: EntryTable, broadRows: number) {
    this.#table = table;
    this.#broad = new BroadWords(table);
    this.#broadRows = broadRows;
  }

  insert(row: number): void {
    const words = toNameWords(this.#table.nameOf(row));
    for (const word of words) this.#words.add(word, row);
    this.#broad.insert(row, words, this.wordsOfOwner(this.#table.ownerNumberOf(row)));
  }

  delete(row: number): void {
    const words = toNameWords(this.#table.nameOf(row));
    for (const word of words) this.#words.delete(word, row);
    this.#broad.delete(row, words, this.wordsOfOwner(this.#table.ownerNumberOf(row)));
  }

  /** The same of a catalogue that was read: `rows` are those of its entries, above all that are there. */
  insertAll(columns: EntryColumns, rows: Uint32Array): void {
    if (rows.length === 0) return;
    const { words, wordStarts, wordEntries } = columns;
    const wordRows = new Uint32Array(wordEntries.length);
    for (let at = 0; at < wordRows.length; at++) wordRows[at] = rows[wordEntries[at] as number] as number;
    for (let word = 0; word < words.length; word++) {
      const [start, end] = [wordStarts[word] as number, wordStarts[word + 1] as number];
      this.#words.addAll(words[word] as string, wordRows, start, end);
    }
    this.#broad.clear();
  }

  /** After many insertions: so that the first who begins to type waits for nothing. */
  prepare(): void {
    const letters = new Set<string>();
    this.#words.ordered().forEach(({ word }) => letters.add(word.slice(0, 1)));
    for (const letter of letters) this.plan(letter);
  }

  wordsOfOwner(number: number): readonly string[] {
    return (this.#ownerWords[number] ??= toNameWords(this.#table.owners[number]?.name ?? ''));
  }

  plan(word: string): WordPlan {
    const { owners: people } = this.#table;
    let names = this.#broad.name(word);
    const postings = names ? [] : this.#words.withPrefix(word);
    let cost = names?.count ?? 0;
    for (const { count } of postings) cost += count;
    if (!names && cost > this.#broadRows) names = this.#broad.addName(word, postings);

    const owners = people.flatMap((_, number) =>
      this.wordsOfOwner(number).some((candidate) => candidate.startsWith(word)) ? [number] : [],
    );
    let ownerRows = 0;
    for (const number of owners) ownerRows += this.#table.countOf(people[number] as (typeof people)[number]);
    const isBroad = ownerRows > this.#broadRows;
    const ownerSet = isBroad ? (this.#broad.owner(word) ?? this.#broad.addOwner(word, owners)) : undefined;
    return { word, whole: this.#words.get(word), names, postings, owners, ownerSet, ownerRows, cost };
  }

  /** The same as sets. */
  toWordRows({ whole, names, postings, owners, ownerSet }: WordPlan): WordRows {
    return {
      whole: whole ? toRowSet(this.#table, [whole]) : none,
      beginning: names ?? toRowSet(this.#table, postings),
      owner: ownerSet ?? this.#rowsOfOwners(owners),
    };
  }

  #rowsOfOwners(owners: readonly number[]): RowSet {
    if (owners.length === 0) return none;
    const set = new RowSet(this.#table.rows);
    for (const number of owners) for (const row of this.#table.rowsOfOwner(number)) set.add(row);
    return set;
  }
}
