import type { CatalogueFilter } from './catalogue-filter.js';
import type { EntryColumns } from './entry-columns.js';
import { isAlive, pageRows, sha256Bytes, type EntryPage } from './entry-page.js';
import type { EntryTable } from './entry-table.js';
import { fromHex } from './hex-bytes.js';
import {
  createFieldTest,
  hashScore,
  hasHash,
  isSha256Of,
  passesFields,
  plainScore,
  scoreWord,
  scoreWords,
  wordScores,
} from './match-score.js';
import { toNameWords } from './search-words.js';
import { WordIndex, type Posting } from './word-index.js';

/** What a search found. Both are the search's own: good until it is asked again. */
export interface Matches {
  /** In no order that means anything. */
  readonly rows: Uint32Array;
  /** By row: how well it fits; 0 for all that is not found. */
  readonly scores: Uint8Array;
  /** So many at the beginning fit better than all the others, where that is known. */
  readonly leading?: number;
}

/** Reading the words of a name costs as much as looking at this many rows of a list. */
const wordsCost = 60;
/** Going from row to row of one owner costs as much as looking at this many rows that lie side by side. */
const walkCost = 8;

interface WordPlan {
  readonly word: string;
  readonly postings: readonly Posting[];
  readonly owners: readonly number[];
  readonly ownerRows: number;
  /** Rows to look at, those of the owners not counted. */
  readonly cost: number;
}

/**
 * Finds entries by the words of their names and of their owners' names, by hash, and by what else a filter says.
 * Owns the index of words, which whoever changes the table keeps true: `delete` before a change, `insert` after it.
 */
export class CatalogueSearch {
  readonly #table: EntryTable;
  readonly #words = new WordIndex();
  readonly #ownerWords: (readonly string[])[] = [];
  #found = new Uint32Array(0);
  #scores = new Uint8Array(0);
  #wordScores = new Uint8Array(0);
  #leading = 0;
  /** Where a list goes that nobody wants: writing behind the end of an array has no effect. */
  readonly #unused = new Uint32Array(0);

  constructor(table: EntryTable) {
    this.#table = table;
  }

  insert(row: number): void {
    for (const word of toNameWords(this.#table.nameOf(row))) this.#words.add(word, row);
  }

  delete(row: number): void {
    for (const word of toNameWords(this.#table.nameOf(row))) this.#words.delete(word, row);
  }

  /** The same of a catalogue that was read: `rows` are those of its entries, above all that are there. */
  insertAll(columns: EntryColumns, rows: Uint32Array): void {
    const { words, wordStarts, wordEntries } = columns;
    const wordRows = new Uint32Array(wordEntries.length);
    for (let at = 0; at < wordRows.length; at++) wordRows[at] = rows[wordEntries[at] as number] as number;
    for (let word = 0; word < words.length; word++) {
      const [start, end] = [wordStarts[word] as number, wordStarts[word + 1] as number];
      this.#words.addAll(words[word] as string, wordRows, start, end);
    }
  }

  /** After many insertions: so that the first search need not put the words in order. */
  prepare(): void {
    this.#words.ordered();
    this.#reserve();
  }

  /** How well one row fits; 0 when it does not. `nameWords`: those of its name. */
  scoreOf(filter: CatalogueFilter, row: number, nameWords: readonly string[]): number {
    const page = this.#table.pages[(row / pageRows) | 0] as EntryPage;
    if (!passesFields(createFieldTest(this.#table, filter), page, row % pageRows)) return 0;
    const sha256 = filter.sha256 === undefined ? undefined : fromHex(filter.sha256);
    if (hasHash(this.#table, filter, row, sha256)) return hashScore;
    if (filter.words.length === 0) return plainScore;
    return scoreWords(filter.words, nameWords, this.#wordsOfOwner(this.#table.ownerNumberOf(row)));
  }

  find(filter: CatalogueFilter): Matches {
    this.#reserve();
    this.#scores.fill(0);
    this.#leading = 0;
    let count = filter.words.length > 0 ? this.#findWords(filter.words) : this.#findAll(filter);
    const countByWords = count;
    count = this.#findHash(filter, count);
    if (count !== countByWords) this.#leading = 0;
    count = this.#keepPassing(filter, count);
    return { rows: this.#found.subarray(0, count), scores: this.#scores, leading: this.#leading };
  }

  #findAll(filter: CatalogueFilter): number {
    const { pages, rows } = this.#table;
    const test = createFieldTest(this.#table, filter);
    let count = 0;
    if (filter.owner !== undefined) {
      for (const row of this.#table.rowsOfOwner(test.owner)) count = this.#add(row, plainScore, count);
      return count;
    }
    for (const [index, page] of pages.entries()) {
      const first = index * pageRows;
      const end = Math.min(pageRows, rows - first);
      for (let at = 0; at < end; at++) {
        if (!passesFields(test, page, at)) continue;
        this.#found[count++] = first + at;
        this.#scores[first + at] = plainScore;
      }
    }
    return count;
  }

  /** Those that have all words: the rarest word finds them, the others take away. */
  #findWords(words: readonly string[]): number {
    const plans = words
      .map((word) => this.#plan(word))
      .sort((left, right) => left.cost + left.ownerRows - right.cost - right.ownerRows);
    const [first, ...others] = plans as [WordPlan, ...WordPlan[]];
    let count = this.#markPostings(first, this.#scores, this.#found);
    // Of one word: in a name before all that is in an owner's name only.
    if (others.length === 0) this.#leading = count;
    count = this.#markOwners(first, count);
    for (const plan of others) {
      if (count === 0) break;
      if (count * wordsCost < plan.cost) {
        count = this.#keep(count, (row) => this.#scoreByName(plan.word, row));
        continue;
      }
      const scores = this.#wordScores.fill(0);
      this.#markPostings(plan, scores, this.#unused);
      const isOwner = this.#toFlags(plan.owners);
      count = this.#keep(count, (row) => {
        const score = scores[row] as number;
        if (score > 0 || plan.owners.length === 0) return score;
        return isOwner[this.#table.ownerNumberOf(row)] === 1 ? wordScores.owner : 0;
      });
    }
    return count;
  }

  #plan(word: string): WordPlan {
    const postings = this.#words.withPrefix(word);
    const { owners } = this.#table;
    const numbers = owners.flatMap((_, number) =>
      this.#wordsOfOwner(number).some((candidate) => candidate.startsWith(word)) ? [number] : [],
    );
    let cost = postings.length;
    for (const { count } of postings) cost += count;
    let ownerRows = 0;
    for (const number of numbers) ownerRows += this.#table.countOf(owners[number] as (typeof owners)[number]);
    return { word, postings, owners: numbers, ownerRows, cost };
  }

  /**
   * Writes what each row scores, and lists the rows that scored nothing before; answers how many. Loops without a call
   * for each row: one letter may be in half a million.
   */
  #markPostings({ word, postings }: WordPlan, scores: Uint8Array, list: Uint32Array): number {
    let count = 0;
    for (const posting of postings) {
      const score = posting.word === word ? wordScores.whole : wordScores.beginning;
      const { rows } = posting;
      const length = posting.count;
      for (let index = 0; index < length; index++) {
        const row = rows === undefined ? posting.only : (rows[index] as number);
        const known = scores[row] as number;
        if (known === 0) list[count++] = row;
        if (known < score) scores[row] = score;
      }
    }
    return count;
  }

  /** Adds the rows of owners whose names fit. */
  #markOwners({ owners, ownerRows }: WordPlan, countBefore: number): number {
    if (owners.length === 0) return countBefore;
    let count = countBefore;
    if (ownerRows * walkCost < this.#table.rows) {
      for (const number of owners) {
        for (const row of this.#table.rowsOfOwner(number)) {
          if (this.#scores[row] === 0) count = this.#add(row, wordScores.owner, count);
        }
      }
      return count;
    }
    const isOwner = this.#toFlags(owners);
    for (const [index, page] of this.#table.pages.entries()) {
      const first = index * pageRows;
      const end = Math.min(pageRows, this.#table.rows - first);
      for (let at = 0; at < end; at++) {
        if (isOwner[page.owner[at] as number] === 0 || ((page.flags[at] as number) & isAlive) === 0) continue;
        if (this.#scores[first + at] !== 0) continue;
        this.#found[count++] = first + at;
        this.#scores[first + at] = wordScores.owner;
      }
    }
    return count;
  }

  #toFlags(owners: readonly number[]): Uint8Array {
    const flags = new Uint8Array(this.#table.owners.length);
    for (const number of owners) flags[number] = 1;
    return flags;
  }

  #scoreByName(word: string, row: number): number {
    return scoreWord(word, toNameWords(this.#table.nameOf(row)), this.#wordsOfOwner(this.#table.ownerNumberOf(row)));
  }

  #findHash(filter: CatalogueFilter, count: number): number {
    let found = count;
    if (filter.contentId !== undefined) {
      const content = this.#table.findContent(filter.contentId);
      if (content === -1) return found;
      for (const row of this.#table.rowsOfContent(content)) found = this.#add(row, hashScore, found);
    }
    const sha256 = filter.sha256 === undefined ? undefined : fromHex(filter.sha256);
    if (!sha256) return found;
    // Four bytes at once: nearly no other hash begins alike.
    const lead = new Uint32Array(sha256.buffer)[0];
    for (const [index, page] of this.#table.pages.entries()) {
      const words = new Uint32Array(page.sha256.buffer);
      for (let at = 0; at < pageRows; at++) {
        if (words[(at * sha256Bytes) >> 2] !== lead || !isSha256Of(page, at, sha256)) continue;
        found = this.#add(index * pageRows + at, hashScore, found);
      }
    }
    return found;
  }

  #keepPassing(filter: CatalogueFilter, count: number): number {
    const test = createFieldTest(this.#table, filter);
    if (test.asksNothing) return count;
    const { pages } = this.#table;
    const leading = this.#leading;
    let kept = 0;
    for (let index = 0; index < count; index++) {
      if (index === leading) this.#leading = kept;
      const row = this.#found[index] as number;
      if (passesFields(test, pages[(row / pageRows) | 0] as EntryPage, row % pageRows)) this.#found[kept++] = row;
      else this.#scores[row] = 0;
    }
    if (leading >= count) this.#leading = kept;
    return kept;
  }

  /** Adds to each what it scores, and drops those that score nothing. */
  #keep(count: number, scoreOf: (row: number) => number): number {
    let kept = 0;
    for (let index = 0; index < count; index++) {
      const row = this.#found[index] as number;
      const score = scoreOf(row);
      if (score === 0) this.#scores[row] = 0;
      else {
        this.#scores[row] = (this.#scores[row] as number) + score;
        this.#found[kept++] = row;
      }
    }
    return kept;
  }

  #add(row: number, score: number, count: number): number {
    const isNew = this.#scores[row] === 0;
    this.#scores[row] = score;
    if (!isNew) return count;
    this.#found[count] = row;
    return count + 1;
  }

  #wordsOfOwner(number: number): readonly string[] {
    return (this.#ownerWords[number] ??= toNameWords(this.#table.owners[number]?.name ?? ''));
  }

  #reserve(): void {
    const { rows } = this.#table;
    if (this.#found.length >= rows) return;
    const capacity = Math.max(1024, rows + (rows >> 2));
    this.#found = new Uint32Array(capacity);
    this.#scores = new Uint8Array(capacity);
    this.#wordScores = new Uint8Array(capacity);
  }
}
