/**
 * Keeps the tracker equal to the shares. Owns nothing on disk: with each session it compares digests, tells the
 * differences, and from then on each change, gathered into batches. Without a session everything just waits.
 */
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import { maxBatchEntries } from '@enxame/shared/tracker/requests';
import type { Logger } from 'pino';
import { createBackoff, type Backoff } from '../waiting/backoff.js';
import type { TrackerLink, TrackerSession } from '../tracker/tracker-session.js';
import { wantedAt } from './announcement.js';
import { compareShares } from './compare-shares.js';
import type { Shares } from './shares.js';
import type { Timers } from './timers.js';
import { createUntoldChanges, type UntoldChanges } from './untold-changes.js';

export interface AnnouncerDeps {
  readonly shares: Shares;
  readonly link: TrackerLink;
  readonly timers: Timers;
  readonly random: () => number;
  readonly logger: Logger;
}

/** Changes this close together share a batch; a person does not see the wait. */
const gatherMs = 50;
const retry = { firstMs: 500, maxMs: 30_000 };

export function createAnnouncer(deps: AnnouncerDeps): { close(): void } {
  const { shares, link } = deps;
  const closed = new AbortController();
  let untold: UntoldChanges | undefined;

  const stopChanges = shares.onChange((id) => untold?.add(id));
  const stopSessions = link.onSession((session) => {
    const signal = AbortSignal.any([session.ended, closed.signal]);
    untold?.close();
    const mine = createUntoldChanges(deps, signal);
    untold = mine;
    // Does not reject: see its end.
    void keepEqual(deps, session, mine, signal);
  });
  return {
    close: () => {
      stopSessions();
      stopChanges();
      untold?.close();
      closed.abort();
    },
  };
}

async function keepEqual(
  deps: AnnouncerDeps,
  session: TrackerSession,
  untold: UntoldChanges,
  signal: AbortSignal,
): Promise<void> {
  const backoff = createBackoff({ ...retry, random: deps.random });
  let compared = false;
  while (!signal.aborted) {
    try {
      if (!compared) await compareShares(deps.shares, session, untold, signal);
      compared = true;
      await untold.some();
      await untold.wait(gatherMs);
      await tellBatches(deps, session, untold, signal, backoff);
    } catch (error) {
      if (isOver(signal)) return;
      deps.logger.warn({ err: error }, 'the tracker did not take an announcement');
      if (!(error instanceof EnxameError)) deps.logger.error({ err: error }, 'the announcer met something unknown');
      await untold.wait(backoff.nextMs());
    }
  }
}

/** Read again after each wait: the compiler believes that it stays as it was. */
const isOver = (signal: AbortSignal): boolean => signal.aborted;

async function tellBatches(
  deps: AnnouncerDeps,
  session: TrackerSession,
  untold: UntoldChanges,
  signal: AbortSignal,
  backoff: Backoff,
): Promise<void> {
  while (!untold.isEmpty && !isOver(signal)) {
    await tellBatch(deps, session, untold);
    backoff.reset();
  }
}

async function tellBatch(deps: AnnouncerDeps, session: TrackerSession, untold: UntoldChanges): Promise<void> {
  const { entries, gone } = untold.take(maxBatchEntries);
  try {
    if (entries.length > 0) await announce(deps.shares, session, untold, entries);
    if (gone.length > 0) {
      await session.request('entries:withdraw', { ids: [...gone] });
      for (const id of gone) {
        untold.known.delete(id);
        deps.shares.setAnnounced(id, false);
      }
    }
  } finally {
    // What failed, and what changed on the way.
    for (const { id } of entries) untold.add(id);
    for (const id of gone) untold.add(id);
  }
}

async function announce(
  shares: Shares,
  session: TrackerSession,
  untold: UntoldChanges,
  entries: readonly AnnouncedEntry[],
): Promise<void> {
  const records = new Map(entries.map(({ id }) => [id, shares.record(id)]));
  const { refused } = await session.request('entries:announce', { entries: [...entries] });
  const errors = new Map(refused.map(({ id, error }) => [id, error]));
  for (const { id, audience } of entries) {
    const error = errors.get(id);
    const record = shares.record(id);
    // The record, and who is blocked: either may have changed on the way.
    const isAsSent =
      record !== undefined && record === records.get(id) && shares.readersOf(record)?.join() === audience?.join();
    if (!error) untold.known.add(id);
    if (!isAsSent) continue;
    if (!error) shares.setAnnounced(id, true);
    else if (typeof wantedAt(shares, id) !== 'string') shares.setException(id, { state: 'refused', error });
  }
}
