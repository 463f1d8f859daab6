import type { CapabilityClaims } from '@enxame/shared/peer/capability';
import type { Receipt } from '@enxame/shared/peer/receipt';
import type { LimitsStatus } from '@enxame/shared/engine/limits';
import type { DeviceId, TrackerId, TransferId, UserId } from '@enxame/shared/ids';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Logger } from 'pino';
import type { Closing } from './closing.js';
import { openHistory, type History } from './history/history.js';
import { toHistoryRecord } from './history/download-history.js';
import { createSendMemory } from './history/send-memory.js';
import { systemTimers } from './library/timers.js';
import { openLimits, type LimitsStore } from './limits/limits-store.js';
import { monotonicTimers } from './limits/monotonic-timers.js';
import { createRateControl, type RateControl } from './limits/rate-control.js';
import { createSendLog, type SendLog } from './peer/send-log.js';
import { createUploads, type Uploads } from './queue/uploads.js';
import { createReceiptDesk, type ReceiptDesk } from './receipts/receipt-desk.js';
import type { DownloadListDeps } from './transfers/download-list-deps.js';

/** What this computer gives and takes: how much of it, to whom, in which order, and what came of it. */
export interface Ledger {
  readonly limits: LimitsStore;
  readonly rates: RateControl;
  readonly sends: SendLog;
  readonly uploads: Uploads;
  readonly history: History;
  readonly receiptDesk: ReceiptDesk;
  readonly noteDownload: DownloadListDeps['onEnded'];
}

/** Opens the documents of a data folder; `closing` gets what ends them. */
export async function openLedger(
  dataFolder: string,
  deps: {
    readonly onBroken: OnBroken;
    readonly onLimits: (status: LimitsStatus) => void;
    readonly onHistory: () => void;
    readonly onTransfer: (id: TransferId) => void;
    readonly onTransferGone: (id: TransferId) => void;
    readonly deviceId: DeviceId;
    readonly onCodeReceipt: (claims: CapabilityClaims, receipt: Receipt) => boolean;
    readonly checkKey: (trackerId: TrackerId, userName: string, userId: UserId) => Promise<boolean>;
    readonly logger: Logger;
  },
  closing: Closing,
): Promise<Ledger> {
  const rates = createRateControl(monotonicTimers);
  closing.add(rates.close);
  let isOpen = false;
  const limits = await openLimits(dataFolder, {
    onBroken: deps.onBroken,
    onChange: (status) => {
      rates.apply(status.inForce, status.limits.people);
      // What was read counts at once; there is nobody yet to be told.
      if (isOpen) deps.onLimits(status);
    },
    timers: systemTimers,
  });
  isOpen = true;
  closing.add(limits.close);
  const history = openHistory(dataFolder, {
    onBroken: deps.onBroken,
    onChange: deps.onHistory,
    isMoving: (id) => sends.get(id)?.isMoving === true,
  });
  closing.add(() => history.close());
  const sends = createSendLog({
    timers: systemTimers,
    onChange: deps.onTransfer,
    onRemove: deps.onTransferGone,
    memory: createSendMemory(history, systemTimers.now),
    logger: deps.logger,
  });
  closing.add(sends.close);
  const uploads = createUploads({
    sends,
    rates,
    slots: () => limits.status.limits.uploadSlots,
    timers: monotonicTimers,
    onChange: deps.onTransfer,
  });
  closing.add(uploads.close);
  return {
    limits,
    rates,
    sends,
    uploads,
    history,
    receiptDesk: createReceiptDesk({ ...deps, sends }),
    noteDownload: (record, result) => {
      history.put(toHistoryRecord(record, result)).catch((error: unknown) => {
        deps.logger.error({ err: error }, 'a download could not be written into the history');
      });
    },
  };
}
