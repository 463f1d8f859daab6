/**
 * Tells the tracker what this device can serve without an entry for it: contents that it received, and those that it is
 * fetching. Owns what the open session was told; what is there is asked anew each time. Without a session, or with a
 * tracker that does not know offers, nothing is told. (docs/spec/tracker-protocol.md, T20)
 */
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { maxBatchEntries, maxOffersPerDevice, type SourceOffer } from '@enxame/shared/tracker/requests';
import type { Logger } from 'pino';
import type { Timers } from '../library/timers.js';
import type { TrackerLink, TrackerSession } from '../tracker/tracker-session.js';

/** How much of a content is here for others; undefined: nothing, or the tracker knows it from an entry. */
export type HeldState = 'complete' | 'part' | undefined;

export interface SourceOffersDeps {
  readonly link: TrackerLink;
  readonly timers: Timers;
  readonly stateOf: (contentId: ContentId) => HeldState;
  /** Whatever may be worth offering. */
  readonly all: () => Iterable<ContentId>;
  readonly logger: Logger;
}

export interface SourceOffers {
  /** There is something of it now that was not there, or the other way round. */
  readonly changed: (contentId: ContentId) => void;
  readonly close: () => void;
}

/** Nobody waits for it, and many files that come at once are one message. */
const gatherMs = 250;
/** After a failure that is not the end of the session: the tracker has much to do. */
const retryMs = 5000;

export function createSourceOffers(deps: SourceOffersDeps): SourceOffers {
  const { link, timers } = deps;
  let session: TrackerSession | undefined;
  let told = new Map<ContentId, HeldState>();
  const untold = new Set<ContentId>();
  let cancel: (() => void) | undefined;
  let isTelling = false;

  function schedule(ms: number): void {
    if (session && !isTelling) cancel ??= timers.after(ms, () => void tell());
  }

  async function tell(): Promise<void> {
    cancel = undefined;
    const current = session;
    if (!current) return;
    isTelling = true;
    let waitMs = gatherMs;
    try {
      await tellBatches(current);
    } catch (error) {
      waitMs = retryMs;
      handleFailure(error, current);
    } finally {
      isTelling = false;
      if (untold.size > 0) schedule(waitMs);
    }
  }

  async function tellBatches(current: TrackerSession): Promise<void> {
    while (untold.size > 0 && session === current) {
      const batch = [...untold].slice(0, maxBatchEntries);
      const states = new Map(batch.map((contentId) => [contentId, deps.stateOf(contentId)]));
      const gone = batch.filter((contentId) => told.has(contentId) && states.get(contentId) === undefined);
      if (gone.length > 0) await current.request('sources:retract', { contentIds: gone });
      for (const contentId of gone) told.delete(contentId);
      const offers = batch.flatMap((contentId): SourceOffer[] => {
        const state = states.get(contentId);
        const isNews = state !== undefined && told.get(contentId) !== state;
        return isNews && (told.has(contentId) || told.size < maxOffersPerDevice)
          ? [{ contentId, complete: state === 'complete' }]
          : [];
      });
      if (offers.length > 0) await current.request('sources:offer', { offers });
      for (const { contentId, complete } of offers) told.set(contentId, complete ? 'complete' : 'part');
      for (const contentId of batch) if (deps.stateOf(contentId) === states.get(contentId)) untold.delete(contentId);
    }
  }

  function handleFailure(error: unknown, current: TrackerSession): void {
    if (!(error instanceof EnxameError)) throw error;
    if (current.ended.aborted || isErrorWithCode(error, 'tracker-offline')) return; // the next session is told all of it
    if (isErrorWithCode(error, 'not-supported', 'too-large')) untold.clear();
    deps.logger.info({ err: error }, 'the tracker did not take what this device can serve');
  }

  const stopSessions = link.onSession((opened) => {
    session = opened;
    told = new Map();
    for (const contentId of deps.all()) untold.add(contentId);
    if (untold.size > 0) schedule(0);
  });

  return {
    changed: (contentId) => {
      untold.add(contentId);
      schedule(gatherMs);
    },
    close: () => {
      session = undefined;
      cancel?.();
      stopSessions();
    },
  };
}
