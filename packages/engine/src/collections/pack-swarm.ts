/**
 * The small files of a collection, from all its sources at once. Owns a link for each source, and who was struck out;
 * the board says what is asked of whom, the folder thread verifies and writes. Order of calls: `run`, `close`.
 */
import type { TransferSource } from '@enxame/shared/engine/transfer';
import { EnxameError, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import type { Timers } from '../library/timers.js';
import type { SourcePaths } from '../peer/paths/source-paths.js';
import type { Slots } from '../waiting/slots.js';
import { createRefreshTimes } from '../transfers/refresh-times.js';
import { createSharedTurn } from '../transfers/shared-turn.js';
import { isLie, maxStrikes, toSourceError, wantsTicket } from '../transfers/source-faults.js';
import type { SourceFeed } from '../transfers/source-feed.js';
import type { FolderBoard } from './folder-board.js';
import { createPackLink, type PackLink, type PackLinkHost } from './pack-link.js';
import type { PackBoard } from './pack-board.js';
import { createPackLacks, type PackLacks } from './pack-lacks.js';
import type { PackWriter } from './pack-writer.js';

export interface PackSwarmDeps {
  readonly paths: SourcePaths;
  /** How many downloads may use the network at the same time. */
  readonly slots: Slots;
  /** How many sources may be dialled at the same time, over all downloads. */
  readonly dials: Slots;
  readonly timers: Timers;
  readonly random: () => number;
}

export interface PackSwarmOptions {
  readonly collectionId: ContentId;
  readonly name: string;
  readonly feed: SourceFeed;
  readonly folder: FolderBoard;
  readonly board: PackBoard;
  readonly writer: PackWriter;
  readonly onProgress: (bytes: number) => void;
  readonly onChange: () => void;
}

export interface PackSwarm {
  readonly isMoving: boolean;
  readonly error: ErrorInfo | null;
  views(): TransferSource[];
  /** The feed has changed. */
  update(): void;
  redial(): void;
  /** Resolves when every file is verified and written. Throws `piece-mismatch` when all sources lied, what the disk says. */
  run(): Promise<void>;
  /** Twice without harm. */
  close(): Promise<void>;
}

/** More connections for one folder bring nothing but their own cost. */
const maxLinks = 16;
/** With so few sources each has two connections: while one is read for, the other sends. */
const fewSources = 4;
const tickMs = 1000;

export function createPackSwarm(deps: PackSwarmDeps, options: PackSwarmOptions): PackSwarm {
  const { feed, board, collectionId } = options;
  /** By device, and which of its connections it is. */
  const links = new Map<string, PackLink>();
  const closing = new Set<Promise<void>>();
  const strikes = new Map<DeviceId, number>();
  const lacks = new Map<DeviceId, PackLacks>();
  const liars = new Map<DeviceId, TransferSource>();
  const turn = createSharedTurn(deps.slots);
  const refreshTimes = createRefreshTimes(deps.timers.now, deps.random);
  let settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | undefined;
  let lastError: ErrorInfo | null = null;
  let isClosed = false;
  let cancelTick: () => void = () => undefined;

  const host: PackLinkHost = {
    collectionId,
    board,
    writer: options.writer,
    timers: deps.timers,
    random: deps.random,
    authority: () => {
      if (!feed.authority) throw new EnxameError('ticket-invalid');
      return feed.authority;
    },
    connect: async (source, connectOptions) => {
      const giveBack = await deps.dials.take(connectOptions.signal);
      try {
        return await deps.paths.connect(source, { ...connectOptions, contentId: collectionId });
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
    sizeOf: (index) => options.folder.collection.size(index),
    onFile: (index, stamp) => {
      options.folder.markDone(index, stamp);
    },
    onWritten: (bytes) => {
      options.onProgress(bytes);
      refreshTimes.reset();
      if (board.isComplete) settle?.resolve();
    },
    onChange: options.onChange,
    onFailed: (link, failure) => {
      const { deviceId, userName } = link.source;
      lastError = toSourceError(failure, userName);
      if (isLie(failure.code)) {
        liars.set(deviceId, link.view);
        for (const each of [...links.values()]) if (each.source.deviceId === deviceId) drop(each);
      }
      if (wantsTicket(failure.code)) void refresh();
      update();
    },
    onFreed: () => {
      for (const link of links.values()) link.wake();
    },
    fail: (error) => settle?.reject(error),
  };

  function drop(link: PackLink): void {
    for (const [key, each] of links) if (each === link) links.delete(key);
    const closed = link.close().finally(() => closing.delete(closed));
    closing.add(closed);
  }

  function update(): void {
    if (isClosed || !settle || !feed.authority) return;
    const listed = new Map(feed.sources.map((source) => [source.deviceId, source]));
    for (const link of links.values()) {
      const source = listed.get(link.source.deviceId);
      if (source) link.update(source);
      else if (link.view.state === 'failed') drop(link);
    }
    const lanes = listed.size <= fewSources ? 2 : 1;
    for (const source of listed.values()) {
      const own = lacks.get(source.deviceId) ?? createPackLacks(deps.timers.now);
      lacks.set(source.deviceId, own);
      for (let lane = 0; lane < lanes && links.size < maxLinks; lane++) {
        const key = `${source.deviceId} ${String(lane)}`;
        if (!links.has(key) && !liars.has(source.deviceId)) links.set(key, createPackLink(source, own, host));
      }
    }
    if (listed.size > 0 && [...listed.keys()].every((deviceId) => liars.has(deviceId)))
      settle.reject(new EnxameError('piece-mismatch', { name: options.name }));
    options.onChange();
  }

  const isMoving = (): boolean => [...links.values()].some(({ view }) => view.state === 'moving');

  /** A new ticket in time, and new addresses when nothing works. */
  function tick(): void {
    cancelTick = deps.timers.after(tickMs, tick);
    const areAllDown = [...links.values()].every(({ view }) => view.state === 'failed');
    if (!feed.authority || feed.isStale(deps.timers.now()) || (areAllDown && !isMoving())) void refresh();
  }

  async function refresh(): Promise<void> {
    if (isClosed || !refreshTimes.take()) return;
    try {
      await feed.refresh();
    } catch (error) {
      // No tracker, or it refused: the feed remembers why, and the next tick asks again.
      if (!(error instanceof EnxameError)) settle?.reject(error);
    }
  }

  return {
    get isMoving() {
      return isMoving();
    },
    get error() {
      if (isMoving()) return null;
      const lacking = [...links.values()].find(({ view }) => view.error !== null);
      return feed.error ?? lacking?.view.error ?? lastError;
    },
    views: () => [...[...links.values()].map(({ view }) => view), ...liars.values()],
    update,
    redial: () => {
      for (const link of links.values()) link.redial();
    },
    run: async () => {
      if (board.isComplete) return;
      const done = new Promise<void>((resolve, reject) => {
        settle = { resolve, reject };
      });
      cancelTick = deps.timers.after(tickMs, tick);
      update();
      await done;
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
