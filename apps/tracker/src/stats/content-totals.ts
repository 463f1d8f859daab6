import type { EntryTable } from '../domain/entry-table.js';
import type { Clock } from '../domain/clock.js';
import type { Turns } from '../domain/turns.js';

/** Looking at every content of a large catalogue takes a while: what was found counts for so long. */
const freshMs = 60_000;

export interface ContentTotals {
  readonly contents: number;
  /** Each content once. */
  readonly bytes: number;
}

/** Counts the contents of the catalogue, in turns; those who ask meanwhile share one look. */
export function createContentTotals(deps: {
  readonly table: Pick<EntryTable, 'contents' | 'firstOfContent' | 'sizeOf'>;
  readonly turns: Turns;
  readonly clock: Pick<Clock, 'now'>;
}): () => Promise<ContentTotals> {
  const { table, clock } = deps;
  let at = -Infinity;
  let found: Promise<ContentTotals> | undefined;

  async function look(): Promise<ContentTotals> {
    const turn = deps.turns.begin();
    let contents = 0;
    let bytes = 0;
    for (let content = 0; content < table.contents; content++) {
      const row = table.firstOfContent(content);
      if (row !== -1) {
        contents++;
        bytes += table.sizeOf(row);
      }
      if (turn.isDue()) await turn.next();
    }
    return { contents, bytes: Math.min(bytes, Number.MAX_SAFE_INTEGER) };
  }

  return () => {
    if (!found || clock.now() - at >= freshMs) {
      at = clock.now();
      found = look();
    }
    return found;
  };
}
