import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ContentId, EntryId, UserId } from '@enxame/shared/ids';
import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import { createCacheRoom, isIdleCache } from './cache-room.js';
import type { Clock } from './clock.js';
import { createHostedRoom, type HostedQuotas, type HostedRoom } from './hosted-room.js';
import { addRecord, type Records } from './records.js';
import type { CopyHolder, StoredCopy } from './stored-copy.js';

/** How late an expired copy may go. */
export const expirySweepMs = 60_000;
/** When a copy was last read is worth a write this often. */
const usedEveryMs = 3_600_000;
/** A cache that could not be fetched for so long is given up. */
const cacheWaitMs = 86_400_000;

export type CopyFacts = Pick<StoredCopy, 'contentId' | 'sha256' | 'name' | 'size' | 'collection'>;

/** How the fetching of a wanted copy ended. `place` puts its bytes where they belong. */
export type FetchOutcome =
  { readonly sha256: string | null; readonly place: () => Promise<void> } | { readonly error: ErrorInfo };

/** Told of what others depend on. */
export interface HostedListener {
  /** A copy came, went, or looks different; with all who held it before or do now. */
  changed(contentId: ContentId, userIds: readonly UserId[]): void;
  /** It can be served from now on, or no more. */
  servedChanged(contentId: ContentId): void;
  /** Somebody is about to hold a copy no longer for which the tracker has an entry. */
  entryOrphaned(userId: UserId, entryId: EntryId): Promise<void>;
  /** No record names it any more. */
  removeBytes(contentId: ContentId): Promise<void>;
}

/** The contents that the tracker keeps, for whom and how long. Their bytes are others' (hosted/). */
export interface HostedCopies {
  readonly room: HostedRoom;
  get(contentId: ContentId): StoredCopy | undefined;
  /** A cache that is in nobody's catalogue any more is not: whoever shared it took it back. */
  isHere(contentId: ContentId): boolean;
  findBySha256(sha256: string): StoredCopy | undefined;
  wanted(): StoredCopy[];
  heldBy(userId: UserId): StoredCopy[];
  roomOf(userId: UserId): { usedBytes: number; quotaBytes: number };
  /** Of the contents that are counted: what is only for some people is nobody else's news. */
  totals(isCounted: (contentId: ContentId) => boolean): { readonly copies: number; readonly bytes: number };
  /** Durable when it resolves. `place` puts the bytes where they belong; a copy that is here already only gets one more holder. */
  add(facts: CopyFacts, holder: CopyHolder, place: () => Promise<void>): Promise<StoredCopy>;
  /** To be fetched. A copy that is there, or wanted, already gets one more holder. */
  want(facts: CopyFacts, holder: CopyHolder): Promise<StoredCopy>;
  /** To be fetched, and kept for nobody as long as there is room (H21). False when there is none, or it is kept already. */
  cache(facts: CopyFacts): Promise<boolean>;
  /** What was wanted is in place, or cannot be had. */
  settle(contentId: ContentId, outcome: FetchOutcome): Promise<void>;
  /** As it is read: caches go in the order of this. */
  used(contentId: ContentId): void;
  drop(userId: UserId, contentId: ContentId): Promise<void>;
  close(): void;
}

export function createHostedCopies(deps: {
  readonly records: Records<StoredCopy>;
  readonly quotas: HostedQuotas;
  readonly clock: Clock;
  readonly listener: HostedListener;
  /** Whether anybody has an entry of it. */
  readonly isListed: (contentId: ContentId) => boolean;
  readonly onLateFailure: (error: unknown) => void;
}): HostedCopies {
  const { records, clock, listener, quotas, onLateFailure } = deps;
  const bySha256 = new Map<string, ContentId>();
  for (const { contentId, sha256 } of records.values()) if (sha256 !== null) bySha256.set(sha256, contentId);
  const turns = new Map<ContentId, Promise<void>>();
  const all = (): StoredCopy[] => [...records.values()];
  const holds = (copy: StoredCopy, userId: UserId): boolean => copy.holders.some((holder) => holder.userId === userId);
  const usedBy = (userId: UserId): number => sum(all().filter((copy) => holds(copy, userId)));
  const room: HostedRoom = createHostedRoom({
    quotas,
    usedBy,
    usedInAll: () => sum(all()),
    makeRoom: (bytes) => caches.makeRoom(bytes),
  });
  const caches = createCacheRoom({
    all,
    forCache: quotas.forCache,
    leftInAll: room.leftInAll,
    evict: ({ contentId }) => dropCache(contentId),
  });
  let cancelSweep = clock.after(expirySweepMs, sweep);

  const dropCache = (contentId: ContentId): Promise<void> =>
    inTurn(contentId, (copy) => (copy && isIdleCache(copy) ? forget(copy) : undefined));
  const isServed = (copy: StoredCopy): boolean =>
    copy.state === 'here' && (!isIdleCache(copy) || deps.isListed(copy.contentId));

  /** Changes of one content come one after the other: its bytes must not go while somebody adds it. */
  async function inTurn<T>(contentId: ContentId, work: (copy: StoredCopy | undefined) => T | Promise<T>): Promise<T> {
    const before = turns.get(contentId) ?? Promise.resolve();
    const mine = before.then(async () => work(records.get(contentId)));
    const settled = mine.then(
      () => undefined,
      () => undefined, // told to who waits for it
    );
    turns.set(contentId, settled);
    void settled.then(() => {
      if (turns.get(contentId) === settled) turns.delete(contentId);
    });
    return mine;
  }

  /** From the record on nobody is served any more; the bytes follow. */
  async function forget(copy: StoredCopy): Promise<void> {
    const { contentId, sha256 } = copy;
    if (sha256 !== null) bySha256.delete(sha256);
    await records.delete(contentId);
    if (copy.state === 'here') listener.servedChanged(contentId);
    listener.changed(contentId, userIdsOf(copy));
    await listener.removeBytes(contentId);
  }

  async function keepHolders(copy: StoredCopy, isKept: (holder: CopyHolder) => boolean): Promise<void> {
    const holders = copy.holders.filter(isKept);
    const gone = copy.holders.filter((holder) => !isKept(holder));
    if (gone.length === 0) return;
    // Entries first: a crash in between leaves a copy without one, and that is mended at the next start.
    for (const { userId, entryId } of gone) if (entryId) await listener.entryOrphaned(userId, entryId);
    if (holders.length === 0 && !copy.isCache) await forget(copy);
    else {
      await records.set(copy.contentId, { ...copy, holders });
      listener.changed(copy.contentId, userIdsOf(copy));
    }
  }

  function sweep(): void {
    cancelSweep = clock.after(expirySweepMs, sweep);
    const now = clock.now();
    const isCurrent = ({ expiresAt }: CopyHolder): boolean => expiresAt === null || expiresAt > now;
    caches.shrink().catch(onLateFailure);
    for (const copy of all()) {
      const { contentId, holders } = copy;
      const isOver = copy.state === 'wanted' && copy.addedAt + cacheWaitMs < now;
      if (isIdleCache(copy) && (isOver || !deps.isListed(contentId))) dropCache(contentId).catch(onLateFailure);
      if (holders.every(isCurrent)) continue;
      inTurn(contentId, (copy) => copy && keepHolders(copy, isCurrent)).catch(onLateFailure);
    }
  }

  async function put(
    known: StoredCopy | undefined,
    facts: CopyFacts,
    holder: CopyHolder,
    state: 'wanted' | 'here',
  ): Promise<StoredCopy> {
    const becomesServed = state === 'here' && known?.state !== 'here';
    const copy: StoredCopy = {
      ...(known ?? { ...facts, isCache: false, addedAt: clock.now(), usedAt: clock.now(), holders: [] }),
      sha256: known?.sha256 ?? facts.sha256,
      state: known?.state === 'here' ? 'here' : state,
      error: null,
      holders: [...(known?.holders ?? []).filter(({ userId }) => userId !== holder.userId), holder],
    };
    if (known) await records.set(copy.contentId, copy);
    else await addRecord(records, copy.contentId, copy);
    if (copy.sha256 !== null) bySha256.set(copy.sha256, copy.contentId);
    if (becomesServed) listener.servedChanged(copy.contentId);
    listener.changed(copy.contentId, userIdsOf(copy));
    return copy;
  }

  return {
    room,
    get: (contentId) => records.get(contentId),
    isHere: (contentId) => {
      const copy = records.get(contentId);
      return copy !== undefined && isServed(copy);
    },
    findBySha256: (sha256) => records.get(bySha256.get(sha256) ?? ''),
    wanted: () => all().filter(({ state }) => state === 'wanted'),
    heldBy: (userId) =>
      all()
        .filter((copy) => holds(copy, userId))
        .sort((one, other) => other.addedAt - one.addedAt),
    roomOf: (userId) => ({ usedBytes: usedBy(userId), quotaBytes: quotas.ofUser(userId) }),
    totals: (isCounted) => {
      const here = all().filter(({ state, contentId }) => state === 'here' && isCounted(contentId));
      return { copies: here.length, bytes: sum(here) };
    },
    add: (facts, holder, place) =>
      inTurn(facts.contentId, async (known) => {
        if (known?.state === 'here') return put(known, facts, holder, 'here');
        await place();
        try {
          return await put(known, facts, holder, 'here');
        } catch (error) {
          // No record names the bytes. Where they were wanted they would have come to lie there, too.
          if (!known) await listener.removeBytes(facts.contentId);
          throw error;
        }
      }),
    want: (facts, holder) => inTurn(facts.contentId, (known) => put(known, facts, holder, 'wanted')),
    cache: (facts) =>
      inTurn(facts.contentId, async (known) => {
        if (known || !(await caches.admit(facts.size))) return false;
        const [addedAt, usedAt] = [clock.now(), clock.now()];
        const { contentId } = facts;
        const copy: StoredCopy = {
          ...facts,
          state: 'wanted',
          error: null,
          isCache: true,
          holders: [],
          addedAt,
          usedAt,
        };
        await addRecord(records, contentId, copy);
        listener.changed(contentId, []);
        return true;
      }),
    settle: (contentId, outcome) =>
      inTurn(contentId, async (copy) => {
        if (copy?.state !== 'wanted') return;
        if ('error' in outcome && isIdleCache(copy)) await forget(copy);
        else if ('error' in outcome) await records.set(contentId, { ...copy, state: 'failed', error: outcome.error });
        else {
          await outcome.place();
          const sha256 = copy.sha256 ?? outcome.sha256;
          await records.set(contentId, { ...copy, sha256, state: 'here', error: null });
          if (sha256 !== null) bySha256.set(sha256, contentId);
          listener.servedChanged(contentId);
        }
        listener.changed(contentId, userIdsOf(copy));
      }),
    used: (contentId) => {
      const copy = records.get(contentId);
      if (!copy || clock.now() - copy.usedAt < usedEveryMs) return;
      records.set(contentId, { ...copy, usedAt: clock.now() }).catch(onLateFailure);
    },
    drop: (userId, contentId) =>
      inTurn(contentId, (copy) => copy && keepHolders(copy, (holder) => holder.userId !== userId)),
    close: () => {
      cancelSweep();
    },
  };
}

const userIdsOf = ({ holders }: StoredCopy): UserId[] => holders.map(({ userId }) => userId);
const sum = (copies: readonly StoredCopy[]): number => copies.reduce((bytes, { size }) => bytes + size, 0);

/** As people see it. `progress`: of one that is being fetched. */
export function toHostedCopy(
  copy: StoredCopy,
  nameOf: (userId: UserId) => string | undefined,
  progress: { readonly bytesHere: number; readonly isFetching: boolean } | undefined,
): HostedCopy {
  const { contentId, sha256, name, size, collection, isCache, addedAt, error } = copy;
  const ends = copy.holders.map(({ expiresAt }) => expiresAt);
  const state = copy.state === 'wanted' ? (progress?.isFetching === true ? 'fetching' : 'waiting') : copy.state;
  return {
    contentId,
    sha256,
    name,
    size,
    ...(collection && { collection }),
    state,
    bytesHere: copy.state === 'here' ? size : (progress?.bytesHere ?? 0),
    error,
    isCache,
    holders: copy.holders.flatMap(({ userId: id }) => {
      const holder = nameOf(id);
      return holder === undefined ? [] : [{ id, name: holder }];
    }),
    addedAt,
    expiresAt: ends.includes(null) || ends.length === 0 ? null : Math.max(...ends.map(Number)),
  };
}
