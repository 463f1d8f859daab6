import { deadline } from '@enxame/wormhole/deadline';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import { receiptPath } from '@enxame/shared/peer/paths';
import type { Source } from '@enxame/shared/tracker/person';
import type { Logger } from 'pino';
import type { Timers } from '../library/timers.js';
import type { SourcePaths } from '../peer/paths/source-paths.js';
import { openSourceFeed } from '../transfers/open-source-feed.js';
import type { SourceFinderDeps } from '../transfers/source-finder.js';
import { createBackoff } from '../waiting/backoff.js';
import type { OwedReceipt } from './owed-receipt.js';

/** Brings the receipts of one content to those of its senders that are there. */
export interface ReceiptCourier {
  /** There are more to bring. */
  wake(): void;
  /** Twice without harm. */
  close(): Promise<void>;
}

export interface CourierDeps extends SourceFinderDeps {
  readonly paths: SourcePaths;
  readonly owed: () => readonly OwedReceipt[];
  /** The sender has it, or does not take it: either way nothing is owed any more. */
  readonly onDone: (owed: OwedReceipt) => void;
  readonly timers: Timers;
  readonly random: () => number;
  readonly logger: Logger;
}

const firstRetryMs = 5000;
const maxRetryMs = 30 * 60_000;
/** Dialling, the TLS handshake, a few hundred bytes and their durable write at the other end. */
const deliveryTimeoutMs = 60_000;

export function createReceiptCourier(
  errand: { readonly contentId: ContentId; readonly door: OwedReceipt['door'] },
  deps: CourierDeps,
): ReceiptCourier {
  const { contentId } = errand;
  const end = new AbortController();
  const backoff = createBackoff({ firstMs: firstRetryMs, maxMs: maxRetryMs, random: deps.random });
  const underWay = new Map<DeviceId, Promise<void>>();
  let stopRetry: (() => void) | undefined;
  const finder = openSourceFeed(errand, deps, deliver);

  /** To every sender that is there now. Told again when others come, and after a while when somebody was not. */
  function deliver(): void {
    if (end.signal.aborted) return;
    for (const owed of deps.owed()) {
      const source = finder.sources.find(({ deviceId }) => deviceId === owed.sender);
      if (!source || !finder.authority || underWay.has(owed.sender)) continue;
      const going = bring(owed, source, finder.authority.ticket).finally(() => underWay.delete(owed.sender));
      underWay.set(owed.sender, going);
    }
    stopRetry ??= deps.timers.after(backoff.nextMs(), retry);
  }

  function retry(): void {
    stopRetry = undefined;
    if (end.signal.aborted) return;
    // A new ticket, and the sources as they are now; without a tracker its return tells.
    finder.refresh().catch((error: unknown) => {
      deps.logger.debug({ err: error }, 'the sources of a receipt could not be asked for');
    });
    deliver();
  }

  async function bring(owed: OwedReceipt, source: Source, ticket: string): Promise<void> {
    const signal = AbortSignal.any([end.signal, deadline(deliveryTimeoutMs)]);
    try {
      const connection = await deps.paths.connect(source, {
        contentId,
        signal,
        onBetter: (better) => {
          better.close(); // the first will do for one letter
        },
      });
      try {
        await connection.post(receiptPath(contentId), { ticket }, JSON.stringify(owed.receipt));
      } finally {
        connection.close();
      }
    } catch (error) {
      if (end.signal.aborted) return;
      if (!(error instanceof EnxameError)) throw error;
      deps.logger.info({ err: error }, 'a receipt was not taken');
      // It will not take it the next time either: it knows of no bytes, or of no receipts.
      if (!isErrorWithCode(error, 'receipt-invalid', 'not-supported', 'not-found')) return;
    }
    deps.onDone(owed);
  }

  return {
    wake: () => {
      backoff.reset();
      deliver();
    },
    close: async () => {
      end.abort();
      stopRetry?.();
      finder.close();
      await Promise.all(underWay.values());
    },
  };
}
