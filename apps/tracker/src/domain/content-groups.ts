import { isShared, pageRows, type EntryPage } from './entry-page.js';
import type { EntryTable } from './entry-table.js';
import { BroadMatches } from './broad-matches.js';
import type { Matches } from './catalogue-search.js';

/**
 * Whether one entry stands for its content rather than the other: it fits better, else it was there first. Nothing that
 * changes with who is online, and the same in every order, so that a row keeps its name. (T70)
 */
export function isBetter(table: EntryTable, row: number, score: number, other: number, otherScore: number): boolean {
  if (score !== otherScore) return score > otherScore;
  const later = table.addedAtOf(row) - table.addedAtOf(other);
  return later === 0 ? table.compareIds(row, other) < 0 : later < 0;
}

/** Takes from what a search found all but the best row of each content. Owns a number for each content, to do so. */
export class ContentGroups {
  readonly #table: EntryTable;
  /** The best row of a content so far, plus one. All 0 between two calls. */
  #bestOf = new Int32Array(0);

  constructor(table: EntryTable) {
    this.#table = table;
  }

  /** The rows that are taken away score nothing any more. Changes what it is given. */
  keepBest(matches: Matches | BroadMatches): Matches | BroadMatches {
    return matches instanceof BroadMatches ? this.#keepBestOfSet(matches) : this.#keepBestOfRows(matches);
  }

  #keepBestOfSet(matches: BroadMatches): BroadMatches {
    const shared: number[] = [];
    matches.forEach((row) => {
      if (this.#isShared(row)) shared.push(row);
    });
    this.#findBest(shared, (row) => matches.scoreOf(row));
    for (const row of shared) if (!this.#isBest(row)) matches.delete(row);
    this.#forget(shared);
    return matches;
  }

  #keepBestOfRows({ rows, scores }: Matches): Matches {
    const shared: number[] = [];
    let kept = 0;
    // Most contents have one entry: those are kept without a second look.
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as number;
      if (this.#isShared(row)) shared.push(row);
      else rows[kept++] = row;
    }
    this.#findBest(shared, (row) => scores[row] as number);
    for (const row of shared) {
      if (this.#isBest(row)) rows[kept++] = row;
      else scores[row] = 0;
    }
    this.#forget(shared);
    return { rows: rows.subarray(0, kept), scores };
  }

  #isShared(row: number): boolean {
    const page = this.#table.pages[(row / pageRows) | 0] as EntryPage;
    return ((page.flags[row % pageRows] as number) & isShared) !== 0;
  }

  #isBest(row: number): boolean {
    return this.#bestOf[this.#table.contentOf(row)] === row + 1;
  }

  #findBest(shared: readonly number[], scoreOf: (row: number) => number): void {
    const table = this.#table;
    if (this.#bestOf.length < table.contents) this.#bestOf = new Int32Array(table.contents + (table.contents >> 2));
    for (const row of shared) {
      const content = table.contentOf(row);
      const best = (this.#bestOf[content] as number) - 1;
      if (best === -1 || isBetter(table, row, scoreOf(row), best, scoreOf(best))) this.#bestOf[content] = row + 1;
    }
  }

  #forget(shared: readonly number[]): void {
    for (const row of shared) this.#bestOf[this.#table.contentOf(row)] = 0;
  }
}
