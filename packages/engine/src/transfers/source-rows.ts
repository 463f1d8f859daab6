import type { TransferSource } from '@enxame/shared/engine/transfer';

/** Rows that people see of one transfer. */
const maxRows = 64;

const rank: Record<TransferSource['state'], number> = { moving: 0, queued: 1, idle: 2, connecting: 3, failed: 4 };

/** Those at work first; at most `maxRows`. */
export function toSourceRows(views: readonly TransferSource[]): TransferSource[] {
  return [...views].sort((one, other) => rank[one.state] - rank[other.state]).slice(0, maxRows);
}
