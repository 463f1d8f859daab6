import { checkDeviceGrant } from '@enxame/identity/device-grant';
import type { PersonPath, WayOutcome } from '@enxame/shared/engine/doctor';
import type { PathKind } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, UserId } from '@enxame/shared/ids';
import { havePath } from '@enxame/shared/peer/paths';
import type { Source } from '@enxame/shared/tracker/person';
import { deadline } from '@enxame/wormhole/deadline';
import type { Authority } from '../peer/authority.js';
import type { PeerConnection } from '../peer/peer-connection.js';
import { toPathKind } from '../peer/paths/path-kind.js';
import { isBetterPath, isStraight } from '../peer/paths/path-race.js';
import type { SourcePaths } from '../peer/paths/source-paths.js';
import type { TrackerSession } from '../tracker/tracker-session.js';
import type { SourceFeed } from '../transfers/source-feed.js';
import { saysMore, toWayOutcome, toWays } from './way-outcomes.js';

export interface ReachDeps {
  readonly session: () => TrackerSession | undefined;
  readonly openFeed: (contentId: ContentId, onNews: () => void) => SourceFeed;
  readonly paths: Pick<SourcePaths, 'connect'>;
  /** Milliseconds that are never set back. */
  readonly now: () => number;
}

/** A device of a person, and how it was reached. */
export interface Reached {
  readonly connection: PeerConnection;
  readonly authority: Authority;
  readonly contentId: ContentId;
  readonly ways: PersonPath['ways'];
}

/** Of what a person shares, so many contents are tried for one that a device of that person has now. */
const contentsTried = 5;
const findMs = 10_000;
const connectMs = 20_000;
/** What works and is not straight gets this long to be overtaken. */
const betterMs = 5000;
const pings = 3;
const maxHaveBytes = 512 * 1024;

/**
 * Connects to a device of a person as a download would, and gives what `use` makes of it; the connection ends then.
 * Throws `tracker-offline`, `nothing-shared`, and as `SourcePaths.connect`; `onWays` is told what was tried in any case.
 */
export async function reachPerson<T>(
  person: { readonly id: UserId; readonly name: string },
  deps: ReachDeps,
  signal: AbortSignal,
  use: (reached: Reached) => Promise<T>,
  onWays: (ways: PersonPath['ways']) => void = () => undefined,
): Promise<T> {
  const end = new AbortController();
  const ended = AbortSignal.any([signal, end.signal]);
  const feeds: SourceFeed[] = [];
  try {
    const found = await findSource(person, deps, feeds, ended);
    const { source, authority, contentId } = found;
    const failed = new Map<PathKind, WayOutcome>();
    const told = new Set(source.addresses.map(toPathKind));
    const ways = (used: PathKind | null): PersonPath['ways'] => toWays(used, failed, told);
    let connection: PeerConnection;
    try {
      connection = await connect(deps.paths, source, contentId, ended, (kind, error) => {
        const outcome = toWayOutcome(error);
        if (saysMore(outcome, failed.get(kind))) failed.set(kind, outcome);
      });
    } catch (error) {
      onWays(ways(null));
      throw error;
    }
    onWays(ways(connection.pathKind));
    return await use({ connection, authority, contentId, ways: ways(connection.pathKind) });
  } finally {
    end.abort(); // closes whatever is open or being dialled
    for (const feed of feeds) feed.close();
  }
}

/** There and back, the quickest of a few. */
export async function measureDelay({ connection, authority, contentId }: Reached, now: () => number): Promise<number> {
  let best = Infinity;
  for (let ping = 0; ping < pings; ping++) {
    const startedAt = now();
    await connection.get(havePath(contentId), authority, maxHaveBytes);
    best = Math.min(best, now() - startedAt);
  }
  return best;
}

async function findSource(
  person: { readonly id: UserId; readonly name: string },
  deps: ReachDeps,
  feeds: SourceFeed[],
  signal: AbortSignal,
): Promise<{ readonly source: Source; readonly authority: Authority; readonly contentId: ContentId }> {
  const session = deps.session();
  if (!session) throw new EnxameError('tracker-offline');
  const { rows } = await session.request('catalogue:list', {
    query: { owner: person.id, available: true, sort: 'addedAt' },
    window: { offset: 0, limit: contentsTried },
  });
  for (const { contentId } of rows) {
    const feed = await openReadyFeed(contentId, deps.openFeed, signal);
    feeds.push(feed);
    const source = feed.sources.find((one) => !one.hosted && checkDeviceGrant(one.grant).userId === person.id);
    if (source && feed.authority) return { source, authority: feed.authority, contentId };
  }
  throw new EnxameError('nothing-shared', { name: person.name });
}

/** Resolves when the tracker has answered for a content, or not in time. */
function openReadyFeed(
  contentId: ContentId,
  openFeed: ReachDeps['openFeed'],
  signal: AbortSignal,
): Promise<SourceFeed> {
  return new Promise((resolve) => {
    const late = AbortSignal.any([signal, deadline(findMs)]);
    const look = (): void => {
      if (feed.authority === undefined && feed.error === undefined && !late.aborted) return;
      late.removeEventListener('abort', look);
      resolve(feed);
    };
    const feed = openFeed(contentId, () => {
      look();
    });
    late.addEventListener('abort', look, { once: true });
    look();
  });
}

async function connect(
  paths: ReachDeps['paths'],
  source: Source,
  contentId: ContentId,
  signal: AbortSignal,
  onFailed: (kind: PathKind, error: unknown) => void,
): Promise<PeerConnection> {
  let best: PeerConnection | undefined;
  let overtaken: () => void = () => undefined;
  const onBetter = (connection: PeerConnection): void => {
    if (best && isBetterPath(best.pathKind, connection.pathKind)) {
      connection.close();
      return;
    }
    best?.close();
    best = connection;
    if (isStraight(connection.pathKind)) overtaken();
  };
  const first = paths.connect(source, {
    contentId,
    signal: AbortSignal.any([signal, deadline(connectMs + betterMs)]),
    onBetter,
    onFailed,
  });
  best ??= await first;
  if (!isStraight(best.pathKind)) {
    await new Promise<void>((resolve) => {
      overtaken = resolve;
      AbortSignal.any([signal, deadline(betterMs)]).addEventListener('abort', () => { resolve(); }, { once: true }); // prettier-ignore
    });
  }
  return best;
}
