import type { LimitsStatus } from '@enxame/shared/engine/limits';
import type { TransferId } from '@enxame/shared/ids';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Logger } from 'pino';
import type { Closing } from './closing.js';
import { systemTimers } from './library/timers.js';
import { openLimits, type LimitsStore } from './limits/limits-store.js';
import { monotonicTimers } from './limits/monotonic-timers.js';
import { createRateControl, type RateControl } from './limits/rate-control.js';
import { createSendLog, type SendLog } from './peer/send-log.js';
import { createUploads, type Uploads } from './queue/uploads.js';

/** What this computer gives and takes: how much of it, to whom, in which order, and what came of it. */
export interface Ledger {
  readonly limits: LimitsStore;
  readonly rates: RateControl;
  readonly sends: SendLog;
  readonly uploads: Uploads;
}

/** Opens the documents of a data folder; `closing` gets what ends them. */
export async function openLedger(
  dataFolder: string,
  deps: {
    readonly onBroken: OnBroken;
    readonly onLimits: (status: LimitsStatus) => void;
    readonly onTransfer: (id: TransferId) => void;
    readonly onTransferGone: (id: TransferId) => void;
    readonly logger: Logger;
  },
  closing: Closing,
): Promise<Ledger> {
  const rates = createRateControl(monotonicTimers);
  closing.add(rates.close);
  const limits = await openLimits(dataFolder, {
    onBroken: deps.onBroken,
    onChange: (status) => {
      rates.apply(status.inForce, status.limits.people);
      deps.onLimits(status);
    },
    timers: systemTimers,
  });
  closing.add(limits.close);
  const sends = createSendLog({
    timers: systemTimers,
    onChange: deps.onTransfer,
    onRemove: deps.onTransferGone,
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
  return { limits, rates, sends, uploads };
}
