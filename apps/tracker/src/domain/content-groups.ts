import { isShared, pageRows, type EntryPage } from './entry-page.js';
import type { EntryTable } from './entry-table.js';
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
  keepBest({ rows, scores }: Matches): Matches {
    const table = this.#table;
    const { pages } = table;
    if (this.#bestOf.length < table.contents) this.#bestOf = new Int32Array(table.contents + (table.contents >> 2));
    const bestOf = this.#bestOf;
    const shared: number[] = [];
    let kept = 0;
    // Most contents have one entry: those are kept without a second look.
    for (let index = 0; index < rows.length; index++) {
      const row = rows[index] as number;
      const flags = (pages[(row / pageRows) | 0] as EntryPage).flags[row % pageRows] as number;
      if ((flags & isShared) === 0) rows[kept++] = row;
      else shared.push(row);
    }
    for (const row of shared) {
      const content = table.contentOf(row);
      const best = (bestOf[content] as number) - 1;
      if (best === -1 || isBetter(table, row, scores[row] as number, best, scores[best] as number)) {
        bestOf[content] = row + 1;
      }
    }
    for (const row of shared) {
      if (bestOf[table.contentOf(row)] === row + 1) rows[kept++] = row;
      else scores[row] = 0;
    }
    for (const row of shared) bestOf[table.contentOf(row)] = 0;
    return { rows: rows.subarray(0, kept), scores };
  }
}
