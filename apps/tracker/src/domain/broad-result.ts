import type { SortColumn } from '@enxame/shared/tracker/catalogue-query';
import type { BroadMatches } from './broad-matches.js';
import type { BroadResult } from './broad-window.js';
import { countRank, createRankOf, type RankCounts, type RankOf } from './catalogue-rank.js';
import type { EntryTable } from './entry-table.js';

/** A result whose scores are written down row by row. */
export function toScoredResult(parts: {
  readonly count: number;
  readonly scores: Uint8Array;
  readonly rankOf: RankOf;
  readonly rankCounts: () => RankCounts;
}): BroadResult {
  const { count, scores, rankOf } = parts;
  return {
    count,
    has: (row) => (scores[row] ?? 0) > 0,
    rankOf: (row) => rankOf(row, scores[row] as number),
    rankCounts: parts.rankCounts,
    collect: (ranks) => {
      const found = toRanks(ranks);
      if (ranks.size === 0) return found;
      for (let row = 0; row < scores.length; row++) {
        const score = scores[row] as number;
        if (score !== 0) found.get(rankOf(row, score))?.push(row);
      }
      return found;
    },
  };
}

/** `needed`: no more than so many rows from one end are asked for, so that only those are counted. */
export function toSetResult(
  table: EntryTable,
  column: SortColumn,
  matches: BroadMatches,
  { descending, needed }: { readonly descending: boolean; readonly needed: number },
): BroadResult {
  const rankOf = createRankOf(table, column);
  // By relevance the score decides first: which rows are at that end follows from the sets alone.
  const [first, last] = column === 'relevance' ? toScores(matches.countScores(), descending, needed) : [0, Infinity];
  return {
    count: matches.count,
    has: (row) => matches.has(row),
    rankOf: (row) => rankOf(row, matches.scoreOf(row)),
    rankCounts: () => {
      const counts: RankCounts = new Map();
      let [rank, run] = [-1, 0];
      // Neighbours rank alike more often than not.
      matches.forEachWithScore(first, last, (row, score) => {
        const next = rankOf(row, score);
        if (next === rank) {
          run++;
          return;
        }
        if (run > 0) countRank(counts, rank, run);
        [rank, run] = [next, 1];
      });
      if (run > 0) countRank(counts, rank, run);
      return counts;
    },
    collect: (ranks) => {
      const found = toRanks(ranks);
      if (ranks.size === 0) return found;
      matches.forEachWithScore(first, last, (row, score) => found.get(rankOf(row, score))?.push(row));
      return found;
    },
  };
}

/** The scores, from the lowest to the highest, that the first `needed` rows have. */
function toScores(counts: Uint32Array, descending: boolean, needed: number): [number, number] {
  const highest = counts.length - 1;
  let left = needed;
  let score = descending ? highest : 0;
  const [step, end] = descending ? [-1, 0] : [1, highest];
  for (; score !== end && left > (counts[score] as number); score += step) left -= counts[score] as number;
  return descending ? [score, highest] : [0, score];
}

const toRanks = (ranks: ReadonlySet<number>): Map<number, number[]> => new Map([...ranks].map((rank) => [rank, []]));
