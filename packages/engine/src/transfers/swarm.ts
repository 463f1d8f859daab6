/**
 * All sources of one content, at work at the same time. Owns a link for each source, who was struck out, and the order
 * in which the next ones get a link; the board says which piece is asked of whom, the caller owns the disk.
 * Order of calls: `fetchManifest` unless it is known, `fetchPieces`, `close`.
 */
import type { Manifest } from '@enxame/shared/content/manifest';
import type { TransferSource } from '@enxame/shared/engine/transfer';
import { EnxameError, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import type { Timers } from '../library/timers.js';
import type { SourcePaths } from '../peer/paths/source-paths.js';
import type { Slots } from '../waiting/slots.js';
import { createClockWatch } from './clock-watch.js';
import type { LinkHost } from './link-host.js';
import { createManifestTask } from './manifest-task.js';
import type { PartFile } from './part-file.js';
import { createPieceBoard } from './piece-board.js';
import type { BufferBudget } from './piece-buffers.js';
import type { PieceMap } from './piece-map.js';
import type { ReadPositions } from './read-positions.js';
import { createRefreshTimes } from './refresh-times.js';
import { createSharedTurn } from './shared-turn.js';
import type { SourceFeed } from './source-feed.js';
import { isLie, maxStrikes, toSourceError, wantsTicket } from './source-faults.js';
import type { SourceLink } from './link-host.js';
import { chooseSources, maxLinks, roomFor } from './source-choice.js';
import { createSourceLink } from './source-link.js';
import { toSourceRows } from './source-rows.js';
import { pieceBytesFor, pieceLength } from '@enxame/shared/content/piece-size';

export interface SwarmDeps {
  readonly paths: SourcePaths;
  /** How many downloads may use the network at the same time. */
  readonly slots: Slots;
  /** How many sources may be dialled at the same time, over all downloads. */
  readonly dials: Slots;
  readonly budget: BufferBudget;
  readonly timers: Timers;
  readonly random: () => number;
  /** Without it nobody reads what is still coming. */
  readonly readPositions?: ReadPositions;
}

export interface SwarmOptions {
  readonly contentId: ContentId;
  /** As people call it, and whose it is: for errors. */
  readonly name: string;
  readonly personName: string;
  readonly feed: SourceFeed;
  readonly inOrder?: boolean;
  readonly onProgress: (bytes: number) => void;
  readonly onChange: () => void;
}

/** What to fetch, and where to. */
export interface SwarmWork {
  readonly manifest: Manifest;
  readonly pieces: PieceMap;
  readonly file: Pick<PartFile, 'write'>;
  readonly onVerified: (index: number) => void;
}

export interface Swarm {
  /** Bytes of the content are coming. */
  readonly isMoving: boolean;
  /** Why nothing is coming, as far as a source said. */
  readonly error: ErrorInfo | null;
  /** Those at work first; the rest of many is left out. */
  views(): TransferSource[];
  /** Pieces that are coming now. */
  movingPieces(): readonly number[];
  /** The feed has changed. */
  update(): void;
  /** Every connection is to be taken for dead: the network is another one. */
  redial(): void;
  /** Throws `piece-mismatch` when all sources lied, and what this computer's disk says. */
  fetchManifest(maxBytes: number, take: (bytes: Uint8Array) => Promise<Manifest>): Promise<Manifest>;
  /** Resolves when every piece is verified and written. Throws as `fetchManifest`. */
  fetchPieces(work: SwarmWork): Promise<void>;
  /** Twice without harm. */
  close(): Promise<void>;
}

const tickMs = 1000;

export function createSwarm(deps: SwarmDeps, options: SwarmOptions): Swarm {
  const { feed, contentId } = options;
  const { timers } = deps;
  const links = new Map<DeviceId, SourceLink>();
  const closing = new Set<Promise<void>>();
  const strikes = new Map<DeviceId, number>();
  const liars = new Map<DeviceId, TransferSource>();
  const turn = createSharedTurn(deps.slots);
  const clock = createClockWatch(timers.now, tickMs);
  const refreshTimes = createRefreshTimes(timers.now, deps.random);
  let task: ReturnType<LinkHost['task']>;
  let settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined;
  let lastError: ErrorInfo | null = null;
  let isClosed = false;
  /** One more for each second in which some source has nothing for us. */
  let extraLinks = 0;
  let cancelTick: () => void = () => undefined;

  const host: LinkHost = {
    contentId,
    timers,
    random: deps.random,
    task: () => (feed.authority ? task : undefined),
    authority: () => {
      if (!feed.authority) throw new EnxameError('ticket-invalid');
      return feed.authority;
    },
    isShared: () => feed.sources.some(({ complete }) => !complete),
    moving: () => [...links.values()].flatMap(({ moving }) => moving ?? []),
    connect: async (source, connectOptions) => {
      const giveBack = await deps.dials.take(connectOptions.signal);
      try {
        return await deps.paths.connect(source, { ...connectOptions, contentId });
      } finally {
        giveBack();
      }
    },
    takeTurn: turn.take,
    strike: (deviceId) => {
      const count = (strikes.get(deviceId) ?? 0) + 1;
      strikes.set(deviceId, count);
      return count >= maxStrikes;
    },
    onProgress: options.onProgress,
    onChange: options.onChange,
    onFailed: handleFailure,
    onFreed: wakeAll,
    fail: (error) => settle?.reject(error),
  };

  function handleFailure(link: SourceLink, failure: EnxameError): void {
    const { deviceId, userName } = link.source;
    lastError = toSourceError(failure, userName);
    if (isLie(failure.code)) {
      liars.set(deviceId, link.view);
      drop(link);
    } else if (!feed.sources.some((source) => source.deviceId === deviceId)) drop(link);
    if (wantsTicket(failure.code)) void refresh();
    update();
  }

  function drop(link: SourceLink): void {
    links.delete(link.source.deviceId);
    const closed = link.close().finally(() => closing.delete(closed));
    closing.add(closed);
  }

  function wakeAll(): void {
    for (const link of links.values()) link.wake();
  }

  /** A link for each source that has none; one that works stays, whether the tracker still tells of it or not. */
  function update(): void {
    if (isClosed || !task) return;
    const listed = new Map(feed.sources.map((source) => [source.deviceId, source]));
    for (const link of links.values()) {
      const source = listed.get(link.source.deviceId);
      if (source) link.update(source);
      else if (link.view.state === 'failed') drop(link);
    }
    const untried = [...listed.values()].filter(({ deviceId }) => !links.has(deviceId) && !liars.has(deviceId));
    const states = [...links.values()].map(({ view }) => view.state);
    const pieces = task.kind === 'pieces' ? task.board.pieces : undefined;
    const room = roomFor(states, pieces && pieces.count - pieces.verifiedCount, extraLinks);
    for (const source of chooseSources(untried, room, deps.random)) {
      if (links.size >= maxLinks) makeRoom();
      links.set(source.deviceId, createSourceLink(source, host));
    }
    if (listed.size > 0 && [...listed.keys()].every((deviceId) => liars.has(deviceId)))
      settle?.reject(new EnxameError('piece-mismatch', { name: options.name }));
    wakeAll();
    options.onChange();
  }

  /** One that failed leaves its place to a source that nobody has tried. */
  function makeRoom(): void {
    const failed = [...links.values()].find(({ view }) => view.state === 'failed');
    if (failed) drop(failed);
  }

  async function refresh(): Promise<void> {
    if (!refreshTimes.take()) return;
    try {
      await feed.refresh();
    } catch (error) {
      // No tracker, or it refused: the feed remembers why, and the next tick asks again.
      if (!(error instanceof EnxameError)) settle?.reject(error);
    }
  }

  function tick(): void {
    if (isClosed) return;
    cancelTick = timers.after(tickMs, tick);
    if (clock.hasJumped()) redial();
    const isAlive = [...links.values()].some(({ view }) => view.state !== 'failed' && view.state !== 'connecting');
    if (isAlive) refreshTimes.reset();
    else if (task) void refresh();
    if (feed.isStale(timers.now())) void refresh();
    const hasIdle = [...links.values()].some(({ view }) => view.state === 'idle');
    if (hasIdle && extraLinks < maxLinks) {
      extraLinks++;
      update();
    } else wakeAll();
  }

  function redial(): void {
    for (const link of links.values()) link.redial();
    refreshTimes.reset();
  }

  /** Gives the links something to do, until it is done or this computer ends it. */
  function run(next: NonNullable<typeof task>): { readonly done: Promise<void>; readonly resolve: () => void } {
    if (isClosed) throw new EnxameError('cancelled');
    task = next;
    let resolve = (): void => undefined;
    const done = new Promise<void>((resolveDone, reject) => {
      resolve = resolveDone;
      settle = { resolve, reject };
    }).finally(() => {
      task = settle = undefined;
    });
    update();
    return { done, resolve };
  }

  cancelTick = timers.after(tickMs, tick);

  return {
    get isMoving() {
      return [...links.values()].some(({ view }) => view.state === 'moving');
    },
    get error() {
      const isUnknown = feed.sources.length === 0 && feed.error !== undefined;
      return isUnknown ? toSourceError(feed.error, options.personName) : lastError;
    },
    views: () => toSourceRows([...[...links.values()].map(({ view }) => view), ...liars.values()]),
    movingPieces: () =>
      host.moving().flatMap(({ holder, end }) => {
        const indexes: number[] = [];
        for (let index = holder.current; index < end; index++) if (holder.isAsked(index)) indexes.push(index);
        return indexes;
      }),
    update,
    redial,
    fetchManifest: async (maxBytes, take) => {
      let manifest: Manifest | undefined;
      const job = createManifestTask(timers.now, maxBytes, async (bytes) => {
        manifest = await take(bytes);
        current.resolve();
      });
      const current = run(job);
      await current.done;
      if (!manifest) throw new EnxameError('cancelled');
      return manifest;
    },
    fetchPieces: async ({ manifest, pieces, file, onVerified }) => {
      const readers = (): readonly number[] =>
        (deps.readPositions?.of(contentId) ?? []).map((position) => Math.floor(position / pieces.pieceBytes));
      const board = createPieceBoard({ pieces, random: deps.random, inOrder: options.inOrder ?? false, readers });
      const stopFollowing = deps.readPositions?.onMove(contentId, () => {
        board.readersMoved();
        wakeAll();
      });
      const current = run({
        kind: 'pieces',
        manifest,
        board,
        file,
        lend: () => deps.budget.lend(Math.min(pieceBytesFor(manifest.size), manifest.size)),
        settle: (index) => {
          if (!pieces.markVerified(index)) return 0;
          onVerified(index);
          options.onChange();
          for (const link of links.values()) link.pieceCame(index);
          if (pieces.isComplete) current.resolve();
          return pieceLength(manifest.size, index);
        },
      });
      try {
        await current.done;
      } finally {
        stopFollowing?.();
      }
    },
    close: async () => {
      isClosed = true;
      cancelTick();
      settle?.reject(new EnxameError('cancelled'));
      for (const link of links.values()) drop(link);
      await Promise.all(closing);
    },
  };
}
