import type { EngineEventName, EngineEvents } from '@enxame/shared/engine/events';
import type { Share } from '@enxame/shared/engine/share';
import type { EngineStatus } from '@enxame/shared/engine/status';
import type { Transfer } from '@enxame/shared/engine/transfer';
import type { VerifyStatus } from '@enxame/shared/engine/verify';
import type { ContentId, EntryId, TransferId } from '@enxame/shared/ids';
import { createChangeFeed } from './change-feed.js';

/** Events that come often are merged: a person reads no faster. */
const tellEveryMs = 250;
/** While bytes were moving a moment ago. */
const tellSpeedEveryMs = 1000;

/** What changed, told to every interface a few times a second as it is then. */
export interface EngineFeeds {
  readonly statusChanged: () => void;
  readonly transferChanged: (id: TransferId) => void;
  readonly transferRemoved: (id: TransferId) => void;
  readonly shareChanged: (id: EntryId) => void;
  readonly verifyChanged: () => void;
  readonly close: () => void;
}

/** The views are asked for when it is told, so the newest state counts; undefined means that the thing is gone. */
export function createEngineFeeds(deps: {
  readonly broadcast: <N extends EngineEventName>(event: N, payload: EngineEvents[N]) => void;
  readonly status: () => EngineStatus;
  readonly transfer: (id: TransferId) => Transfer | undefined;
  readonly share: (id: EntryId) => Share | undefined;
  readonly verify: () => VerifyStatus;
  readonly contentChanged: (contentId: ContentId) => void;
}): EngineFeeds {
  let speedTimer: NodeJS.Timeout | undefined;

  const status = createChangeFeed<'status'>(tellEveryMs, () => {
    const now = deps.status();
    deps.broadcast('status:changed', now);
    // The last transfer ends, and with it the events: somebody must tell that the speed is zero then.
    clearTimeout(speedTimer);
    const isMoving = now.rates.receiveBytesPerSecond > 0 || now.rates.sendBytesPerSecond > 0;
    if (isMoving) speedTimer = setTimeout(statusChanged, tellSpeedEveryMs);
  });
  const transfers = createChangeFeed<TransferId>(tellEveryMs, (changed, removed) => {
    const upserted = [...changed].flatMap((id) => deps.transfer(id) ?? []);
    // A send that left the list may still be moving: what it tells then is about nothing.
    const gone = [...changed].filter((id) => !deps.transfer(id));
    deps.broadcast('transfers:changed', { upserted, removed: [...removed, ...gone] });
    statusChanged(); // the rates
  });
  const verify = createChangeFeed<'verify'>(tellEveryMs, () => {
    deps.broadcast('verify:changed', deps.verify());
  });
  const shares = createChangeFeed<EntryId>(tellEveryMs, (changed) => {
    const upserted = [...changed].flatMap((id) => deps.share(id) ?? []);
    const removed = [...changed].filter((id) => !deps.share(id));
    for (const { contentId } of upserted) if (contentId) deps.contentChanged(contentId);
    deps.broadcast('shares:changed', { upserted, removed });
  });

  function statusChanged(): void {
    status.changed('status');
  }

  return {
    statusChanged,
    transferChanged: transfers.changed,
    transferRemoved: transfers.removed,
    shareChanged: shares.changed,
    verifyChanged: () => {
      verify.changed('verify');
    },
    close: () => {
      clearTimeout(speedTimer);
      for (const feed of [status, transfers, shares, verify]) feed.close();
    },
  };
}
