import { BroadMatches } from './broad-matches.js';
import type { CatalogueFilter } from './catalogue-filter.js';
import type { EntryColumns } from './entry-columns.js';
import { pageRows, sha256Bytes, type EntryPage } from './entry-page.js';
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
import { forEachRow } from './row-set.js';
import { SearchIndex, type WordPlan } from './search-index.js';
import { toNameWords } from './search-words.js';

/** What a search found. Both are the search's own: good until it is asked again. */
export interface Matches {
  /** In no order that means anything. */
  readonly rows: Uint32Array;
  /** By row: how well it fits; 0 for all that is not found. */
  readonly scores: Uint8Array;
}

/** Reading the words of a name costs as much as looking at this many rows of a list. */
const wordsCost = 60;

/**
 * Finds entries by the words of their names and of their owners' names, by hash, and by what else a filter says.
 * Whoever changes the table keeps the index of words true: `delete` before a change, `insert` after it.
 */
export class CatalogueSearch {
  readonly #table: EntryTable;
  readonly #index: SearchIndex;
  readonly #broadRows: number;
  #found = new Uint32Array(0);
  #scores = new Uint8Array(0);
  #wordScores = new Uint8Array(0);
  /** Where a list goes that nobody wants: writing behind the end of an array has no effect. */
  readonly #unused = new Uint32Array(0);

  /** `broadRows`: results of more rows than this are sets. */
  constructor(table: EntryTable, broadRows: number) {
    this.#table = table;
    this.#index = new SearchIndex(table, broadRows);
    this.#broadRows = broadRows;
  }

  insert(row: number): void {
    this.#index.insert(row);
  }

  delete(row: number): void {
    this.#index.delete(row);
  }

  /** The same of a catalogue that was read: `rows` are those of its entries, above all that are there. */
  insertAll(columns: EntryColumns, rows: Uint32Array): void {
    this.#index.insertAll(columns, rows);
  }

  /** After many insertions: so that the first search need not put the words in order. */
  prepare(): void {
    this.#index.prepare();
    this.#reserve();
  }

  /** How well one row fits; 0 when it does not. `nameWords`: those of its name. */
  scoreOf(filter: CatalogueFilter, row: number, nameWords: readonly string[]): number {
    const page = this.#table.pages[(row / pageRows) | 0] as EntryPage;
    if (!passesFields(createFieldTest(this.#table, filter), page, row % pageRows)) return 0;
    const sha256 = filter.sha256 === undefined ? undefined : fromHex(filter.sha256);
    if (hasHash(this.#table, filter, row, sha256)) return hashScore;
    if (filter.words.length === 0) return plainScore;
    return scoreWords(filter.words, nameWords, this.#index.wordsOfOwner(this.#table.ownerNumberOf(row)));
  }

  find(filter: CatalogueFilter): Matches {
    return this.#findRows(filter, this.#plansOf(filter));
  }

  /** What is to be looked at but once: a large result is not written down row by row. */
  findOnce(filter: CatalogueFilter): Matches | BroadMatches {
    const plans = this.#plansOf(filter);
    const isHash = filter.contentId !== undefined || filter.sha256 !== undefined;
    const isBroad =
      plans.length > 0
        ? plans.every(({ cost, ownerRows }) => cost + ownerRows > this.#broadRows)
        : filter.owner === undefined && this.#table.size > this.#broadRows;
    if (isHash || !isBroad) return this.#findRows(filter, plans);
    const words = plans.map((plan) => this.#index.toWordRows(plan));
    return new BroadMatches(this.#table, words, createFieldTest(this.#table, filter));
  }

  /** The rarest word first. */
  #plansOf({ words }: CatalogueFilter): WordPlan[] {
    const plans = words.map((word) => this.#index.plan(word));
    return plans.sort((left, right) => left.cost + left.ownerRows - right.cost - right.ownerRows);
  }

  #findRows(filter: CatalogueFilter, plans: readonly WordPlan[]): Matches {
    this.#reserve();
    this.#scores.fill(0);
    let count = plans.length > 0 ? this.#findWords(plans) : this.#findAll(filter);
    count = this.#findHash(filter, count);
    count = this.#keepPassing(filter, count);
    return { rows: this.#found.subarray(0, count), scores: this.#scores };
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
  #findWords(plans: readonly WordPlan[]): number {
    const [first, ...others] = plans as [WordPlan, ...WordPlan[]];
    let count = this.#markNames(first, this.#scores, this.#found);
    count = this.#markOwners(first, count);
    for (const plan of others) {
      if (count === 0) break;
      const { names, whole } = plan;
      const isOwner = this.#toFlags(plan.owners);
      const ownerScore = (row: number): number =>
        isOwner[this.#table.ownerNumberOf(row)] === 1 ? wordScores.owner : 0;
      if (names) {
        count = this.#keep(count, (row) => {
          if (!names.has(row)) return ownerScore(row);
          return whole?.has(row) ? wordScores.whole : wordScores.beginning;
        });
      } else if (count * wordsCost < plan.cost) {
        count = this.#keep(count, (row) => this.#scoreByName(plan.word, row));
      } else {
        const scores = this.#wordScores.fill(0);
        this.#markNames(plan, scores, this.#unused);
        count = this.#keep(count, (row) => (scores[row] as number) || ownerScore(row));
      }
    }
    return count;
  }

  /**
   * Writes what each row scores by its name, and lists the rows that scored nothing before; answers how many. Loops
   * without a call for each row where they may be many.
   */
  #markNames({ word, postings, names, whole }: WordPlan, scores: Uint8Array, list: Uint32Array): number {
    let count = 0;
    if (names) {
      forEachRow(names, (row) => {
        scores[row] = whole?.has(row) ? wordScores.whole : wordScores.beginning;
        list[count++] = row;
      });
    }
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
  #markOwners({ owners, ownerSet }: WordPlan, countBefore: number): number {
    let count = countBefore;
    const add = (row: number): void => {
      if (this.#scores[row] === 0) count = this.#add(row, wordScores.owner, count);
    };
    if (ownerSet) forEachRow(ownerSet, add);
    else for (const number of owners) for (const row of this.#table.rowsOfOwner(number)) add(row);
    return count;
  }

  #toFlags(owners: readonly number[]): Uint8Array {
    const flags = new Uint8Array(this.#table.owners.length);
    for (const number of owners) flags[number] = 1;
    return flags;
  }

  #scoreByName(word: string, row: number): number {
    return scoreWord(
      word,
      toNameWords(this.#table.nameOf(row)),
      this.#index.wordsOfOwner(this.#table.ownerNumberOf(row)),
    );
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
    let kept = 0;
    for (let index = 0; index < count; index++) {
      const row = this.#found[index] as number;
      if (passesFields(test, pages[(row / pageRows) | 0] as EntryPage, row % pageRows)) this.#found[kept++] = row;
      else this.#scores[row] = 0;
    }
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

  #reserve(): void {
    const { rows } = this.#table;
    if (this.#found.length >= rows) return;
    const capacity = Math.max(1024, rows + (rows >> 2));
    this.#found = new Uint32Array(capacity);
    this.#scores = new Uint8Array(capacity);
    this.#wordScores = new Uint8Array(capacity);
  }
}
