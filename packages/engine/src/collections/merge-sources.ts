import type { TransferSource } from '@enxame/shared/engine/transfer';

const rank: Record<TransferSource['state'], number> = { moving: 0, queued: 1, idle: 2, connecting: 3, failed: 4 };
/** Rows that people see of one transfer. */
const maxRows = 64;

/** One row a device, though it may bring several files at the same time. */
export function mergeSources(views: readonly TransferSource[]): TransferSource[] {
  const rows = new Map<string, TransferSource>();
  for (const view of views) {
    const known = rows.get(view.deviceId);
    const [lead, other] = known && rank[known.state] <= rank[view.state] ? [known, view] : [view, known];
    const bytesPerSecond = lead.bytesPerSecond + (other?.bytesPerSecond ?? 0);
    rows.set(view.deviceId, {
      ...lead,
      bytesPerSecond,
      bytesDone: lead.bytesDone + (other?.bytesDone ?? 0),
      piecesHeld: null,
    });
  }
  return [...rows.values()].sort((one, other) => rank[one.state] - rank[other.state]).slice(0, maxRows);
}
