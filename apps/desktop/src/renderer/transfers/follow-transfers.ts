import type { Transfer } from '@enxame/shared/engine/transfer';
import type { StoreApi } from 'zustand/vanilla';
import type { Clock } from '../engine/clock.js';
import type { StatusState } from '../engine/status-store.js';
import type { TransfersState } from '../engine/transfers-store.js';
import { announcementOf, type Announcement } from './announce-progress.js';
import { isFinished } from './transfer-facts.js';
import type { SpeedHistory } from './speed-history.js';

/** Keeps the history of speeds, and tells of what began, moved on and ended. */
export function followTransfers(deps: {
  readonly transfers: StoreApi<TransfersState>;
  readonly status: StoreApi<StatusState>;
  readonly speeds: SpeedHistory;
  readonly clock: Clock;
  readonly onAnnouncement: (announcement: Announcement) => void;
}): void {
  const { transfers, status, speeds, clock } = deps;
  transfers.subscribe((now, before) => {
    if (now.transfers === before.transfers) return;
    for (const transfer of now.transfers.values()) {
      const previous = before.transfers.get(transfer.id);
      if (previous === transfer) continue;
      follow(transfer);
      // The first list is what was there already; only what changes after it is news.
      if (!before.loaded) continue;
      const announcement = announcementOf(previous, transfer);
      if (announcement) deps.onAnnouncement(announcement);
    }
    for (const id of before.transfers.keys()) if (!now.transfers.has(id)) speeds.forget(id);
  });
  function follow(transfer: Transfer): void {
    if (isFinished(transfer)) speeds.forget(transfer.id);
    else speeds.record(transfer.id, clock.now(), transfer.state === 'moving' ? transfer.bytesPerSecond : 0);
  }
  status.subscribe(({ status: now }) => {
    if (!now) return;
    speeds.record('receive', clock.now(), now.rates.receiveBytesPerSecond);
    speeds.record('send', clock.now(), now.rates.sendBytesPerSecond);
  });
}
