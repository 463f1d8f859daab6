import type { Transfer, TransferSource } from '@enxame/shared/engine/transfer';

/** Many sources are told by their fastest. */
export const maxSourcesShown = 20;

const rank: Readonly<Record<TransferSource['state'], number>> = {
  moving: 0,
  queued: 1,
  connecting: 2,
  idle: 3,
  failed: 4,
};

/** Those that move first, by what they have brought: an order that a change of speed does not shake. */
export function sortSources(sources: readonly TransferSource[]): TransferSource[] {
  return [...sources].sort(
    (a, b) => rank[a.state] - rank[b.state] || b.bytesDone - a.bytesDone || (a.deviceId < b.deviceId ? -1 : 1),
  );
}

/** The part of the bytes of this run that came from a source, 0 to 1. */
export function shareOf(source: TransferSource, { sources }: Pick<Transfer, 'sources'>): number {
  const all = sources.reduce((sum, { bytesDone }) => sum + bytesDone, 0);
  return all === 0 ? 0 : source.bytesDone / all;
}
