import { pageRows, type EntryPage } from './entry-page.js';
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
    if (this.#bestOf.length < table.contents) this.#bestOf = new Int32Array(table.contents + (table.contents >> 2));
    const bestOf = this.#bestOf;
    for (const row of rows) {
      if (this.#isAlone(row)) continue;
      const content = table.contentOf(row);
      const best = (bestOf[content] as number) - 1;
      if (best === -1 || isBetter(table, row, scores[row] as number, best, scores[best] as number)) {
        bestOf[content] = row + 1;
      }
    }
    let kept = 0;
    const dropped: number[] = [];
    for (const row of rows) {
      if (this.#isAlone(row) || bestOf[table.contentOf(row)] === row + 1) rows[kept++] = row;
      else dropped.push(row);
    }
    for (const row of dropped) {
      scores[row] = 0;
      bestOf[table.contentOf(row)] = 0;
    }
    const best = rows.subarray(0, kept);
    for (const row of best) if (!this.#isAlone(row)) bestOf[table.contentOf(row)] = 0;
    return { rows: best, scores };
  }

  /** Most contents have one entry: those are not compared. */
  #isAlone(row: number): boolean {
    const page = this.#table.pages[(row / pageRows) | 0] as EntryPage;
    const at = row % pageRows;
    return page.nextOfContent[at] === -1 && page.previousOfContent[at] === -1;
  }
}
