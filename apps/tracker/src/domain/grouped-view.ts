import type { CatalogueView } from './catalogue-view.js';
import type { Matches } from './catalogue-search.js';
import { isBetter } from './content-groups.js';
import type { EntryTable } from './entry-table.js';
import { PagedNumbers } from './paged-numbers.js';

/**
 * A view with one row for each content. Owns which rows fit, and which of them stands for its content; `createInner`
 * makes the view of those alone. (T70)
 */
export function createGroupedView(
  table: EntryTable,
  matches: Matches,
  createInner: (matches: Matches) => CatalogueView,
): CatalogueView {
  let scores = matches.scores.slice(0, table.rows);
  /** The row that stands for a content, plus one. */
  const bestOf = new PagedNumbers();
  for (const row of matches.rows) considerAsBest(row, scores[row] as number);
  const inner = createInner(toBest());

  function considerAsBest(row: number, score: number): void {
    const content = table.contentOf(row);
    const best = bestOf.get(content) - 1;
    if (best === -1 || isBetter(table, row, score, best, scores[best] as number)) bestOf.set(content, row + 1);
  }

  function toBest(): Matches {
    const rows = matches.rows.filter((row) => bestOf.get(table.contentOf(row)) === row + 1);
    const bestScores = new Uint8Array(scores.length);
    for (const row of rows) bestScores[row] = scores[row] as number;
    return { rows, scores: bestScores };
  }

  function reserve(row: number): void {
    if (row < scores.length) return;
    const larger = new Uint8Array(row + (row >> 2) + 1024);
    larger.set(scores);
    scores = larger;
  }

  return {
    filter: inner.filter,
    column: inner.column,
    get size() {
      return inner.size;
    },
    get version() {
      return inner.version;
    },
    dependsOnSources: inner.dependsOnSources,
    window: (descending, window) => inner.window(descending, window),
    behind: (descending, place, limit) => inner.behind(descending, place, limit),
    insert: (row, score) => {
      if (score === 0) return;
      reserve(row);
      const content = table.contentOf(row);
      const before = bestOf.get(content) - 1;
      scores[row] = score;
      considerAsBest(row, score);
      if (bestOf.get(content) !== row + 1) return;
      if (before !== -1) inner.delete(before);
      inner.insert(row, score);
    },
    delete: (row) => {
      if ((scores[row] ?? 0) === 0) return;
      scores[row] = 0;
      const content = table.contentOf(row);
      if (bestOf.get(content) !== row + 1) return;
      bestOf.set(content, 0);
      inner.delete(row);
      for (const other of table.rowsOfContent(content)) {
        const score = scores[other] ?? 0;
        if (score > 0) considerAsBest(other, score);
      }
      const next = bestOf.get(content) - 1;
      if (next !== -1) inner.insert(next, scores[next] as number);
    },
  };
}
