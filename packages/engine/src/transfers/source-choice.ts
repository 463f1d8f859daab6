import type { TransferSource } from '@enxame/shared/engine/transfer';
import type { Source } from '@enxame/shared/tracker/person';

/** More connections for one content bring nothing but their own cost; the others wait in reserve. */
export const maxLinks = 64;
/** So many are tried even for the smallest file: some of them are slow, or gone. */
const minLinks = 8;
/** A handshake costs as much as some pieces: it is worth it when there are that many to fetch. */
const piecesPerLink = 4;

/**
 * How many more sources are worth a connection, beside those in `states`. Who failed, or has us wait, takes no place:
 * another one may have time. `piecesLeft` is undefined while nobody knows how many there are; `extra` is added to what
 * they are worth. (P19)
 */
export function roomFor(
  states: readonly TransferSource['state'][],
  piecesLeft: number | undefined,
  extra: number,
): number {
  const worth = Math.max(minLinks, Math.ceil((piecesLeft ?? 0) / piecesPerLink)) + extra;
  const working = states.filter((state) => state !== 'queued' && state !== 'failed').length;
  const taken = states.filter((state) => state !== 'failed').length;
  return Math.max(0, Math.min(worth - working, maxLinks - taken));
}

/**
 * At most `count`: those that have all of it first, and by chance among equals. If everybody chose alike, a hundred who
 * fetch the same would all ask the same few.
 */
export function chooseSources(sources: readonly Source[], count: number, random: () => number): readonly Source[] {
  if (sources.length <= count) return sources;
  return sources
    .map((source) => ({ source, lot: random() + (source.complete ? 0 : 1) }))
    .sort((one, other) => one.lot - other.lot)
    .slice(0, count)
    .map(({ source }) => source);
}
