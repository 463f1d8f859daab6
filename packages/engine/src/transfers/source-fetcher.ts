import { pieceBytesFor, pieceCountFor } from '@enxame/shared/content/piece-size';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { haveBytesFor, parseHave } from '@enxame/shared/peer/have';
import { havePath } from '@enxame/shared/peer/paths';
import type { Source } from '@enxame/shared/tracker/person';
import type { PeerConnection } from '../peer/peer-connection.js';
import { fetchRun, type RunFetch } from './fetch-run.js';
import { createHaveRhythm } from './have-rhythm.js';
import type { LinkHost, PiecesTask } from './link-host.js';
import type { Pace } from './pace.js';
import type { PieceRun } from './piece-board.js';
import { planTakeover, type MovingRun } from './piece-takeover.js';
import { piecesPerRun } from './run-size.js';

/** What one source is asked for, while its link is up: which pieces it has, which of them to ask, and asking. */
export interface SourceFetcher {
  readonly heldCount: number | undefined;
  readonly moving: MovingRun | undefined;
  /** What it has must be asked before anything else. */
  needsHave(source: Source): boolean;
  askHave(source: Source, connection: PeerConnection): Promise<void>;
  /** When to ask again what it has, if there is nothing to fetch. Undefined: it has all. */
  nextHaveMs(source: Source): number | undefined;
  canFetch(source: Source): boolean;
  /** Fetches some pieces. False: there was nothing to fetch. Throws what the source did, or what the disk said. */
  fetch(source: Source, connection: PeerConnection, signal: AbortSignal): Promise<boolean>;
  /** The piece came from another source: a request for nothing else is not worth its bytes. */
  pieceCame(index: number): void;
  /** Everything that was asked of it may be asked of others. */
  close(): void;
}

/** A source that has all is asked for what it gave to others only after this: they pass it on, and it has new things to give. */
const passedOnMs = 2000;
/** To let the rest of a request come costs less than a new connection, up to this much. */
const worthWaitingBytes = 256 * 1024;
/**
 * From this speed on it is the processor that counts: what came is told in steps, for five clocks and meters for each
 * record of TLS were 5 % of receiving, and pieces are written several at once. Neither takes more than 1/32 s then.
 */
const fastBytesPerSecond = 64 * 1024 * 1024;
const fastStepBytes = 128 * 1024;
const fastBatchBytes = 2 * 1024 * 1024;

export function createSourceFetcher(options: {
  readonly host: LinkHost;
  readonly task: PiecesTask;
  readonly pace: Pace;
  /** A better path waits for the piece that is coming. */
  readonly hasBetter: () => boolean;
  readonly onBegin: () => void;
  readonly onProgress: (bytes: number) => void;
  readonly onVerified: (index: number) => void;
}): SourceFetcher {
  const { host, task, pace } = options;
  const { board, manifest } = task;
  const holder = board.join();
  const buffers = task.lend();
  const rhythm = createHaveRhythm(host.timers.now);
  const pieceBytes = pieceBytesFor(manifest.size);
  let isSilent = false; // it has all, and does not say what it gave to others
  /** When it had something last that it gave to nobody. */
  let newAt: number | undefined;
  let run: { readonly fetch: RunFetch; readonly end: number } | undefined;

  const toRunSize = (): number =>
    piecesPerRun({
      bytesPerSecond: pace.expected(),
      pieceBytes,
      // Somebody who reads ahead of what comes waits no longer for a long request elsewhere to end.
      isShared: host.isShared() || board.isRead,
      freePieces: board.freeCount,
      sources: host.moving().length + (run ? 0 : 1),
    });

  function planToTake(): PieceRun | undefined {
    const [bytesPerSecond, runs, maxPieces] = [pace.expected(), host.moving(), toRunSize()];
    return planTakeover({ board, holder, bytesPerSecond, runs, pieceBytes, maxPieces });
  }

  /** Whether to ask only for what the source gave to nobody yet, as long as there was such a thing lately. */
  function wantsOnlyNew({ complete }: Source): boolean {
    if (!complete || isSilent || !host.isShared()) return false;
    const now = host.timers.now();
    if (newAt === undefined || now < newAt || holder.canPick(true)) newAt = now;
    return now - newAt < passedOnMs;
  }

  function choose(source: Source): PieceRun | undefined {
    const picked = holder.pick(toRunSize(), wantsOnlyNew(source));
    if (picked) return picked;
    const taken = planToTake();
    if (taken) holder.takeOver(taken);
    return taken;
  }

  /** What came and was not told yet. */
  let untold = 0;

  function tellProgress(): void {
    if (untold === 0) return;
    pace.add(untold);
    options.onProgress(untold);
    untold = 0;
  }

  async function fetchWanted(source: Source, connection: PeerConnection, wanted: PieceRun): Promise<void> {
    const isFast = (pace.expected() ?? 0) >= fastBytesPerSecond;
    const stepBytes = isFast ? fastStepBytes : 1;
    const fetch = fetchRun({
      connection,
      contentId: host.contentId,
      authority: host.authority(),
      manifest,
      run: wanted,
      file: task.file,
      buffers,
      batchBytes: isFast ? fastBatchBytes : 1,
      onProgress: (bytes) => {
        untold += bytes;
        if (untold >= stepBytes) tellProgress();
      },
      onVerified: (index) => {
        holder.settle(index, true);
        options.onVerified(index);
      },
      onWrongPiece: (index) => {
        holder.settle(index, false);
        if (host.strike(source.deviceId)) throw new EnxameError('source-lied');
      },
      isWanted: (index) => !options.hasBetter() && holder.goOn(index),
    });
    run = { fetch, end: wanted.first + wanted.count };
    try {
      if (await fetch.done) holder.endRun();
    } finally {
      run = undefined;
      tellProgress();
      const written = fetch.written();
      // The next request goes out while the last pieces are written, as long as there is memory for it.
      if (buffers.hasFree) written.catch(host.fail);
      else await written;
    }
  }

  return {
    get heldCount() {
      return holder.heldCount;
    },
    get moving() {
      if (!run) return undefined;
      return { holder, end: run.end, bytesLeft: run.fetch.bytesLeft, bytesPerSecond: pace.expected() };
    },
    needsHave: ({ complete }) => {
      if (complete && holder.heldCount !== board.pieces.count) holder.setHeld('all');
      // What it had is still there: while there is enough of it to ask, news can wait.
      if (!complete) return rhythm.isDue(manifest.size, holder.canPick(false));
      // Once, because others may have begun at the same moment; then as long as others fetch it.
      const isAlone = rhythm.isKnown || board.freeCount <= toRunSize();
      if (isSilent || !holder.canPick(false) || (isAlone && !host.isShared())) return false;
      return rhythm.isDue(manifest.size);
    },
    askHave: async ({ complete }, connection) => {
      try {
        const bytes = await connection.get(havePath(host.contentId), host.authority(), haveBytesFor(manifest.size));
        const { held, given } = parseHave(bytes, pieceCountFor(manifest.size));
        rhythm.told(held);
        holder.setHeld(complete ? 'all' : held, given);
      } catch (error) {
        if (!complete || !isErrorWithCode(error, 'not-found', 'not-supported')) throw error;
        isSilent = true;
      }
    },
    nextHaveMs: ({ complete }) => (complete ? undefined : rhythm.nextMs()),
    canFetch: (source) => holder.canPick(wantsOnlyNew(source)) || planToTake() !== undefined,
    fetch: async (source, connection, signal) => {
      await buffers.reserve(signal);
      const wanted = choose(source);
      if (!wanted) {
        buffers.rest();
        return false;
      }
      options.onBegin();
      pace.begin();
      try {
        await fetchWanted(source, connection, wanted);
      } finally {
        pace.end();
        buffers.rest();
        holder.release();
        host.onFreed();
      }
      return true;
    },
    pieceCame: (index) => {
      if (!run || holder.current !== index || holder.askedCount > 0) return;
      if (run.fetch.bytesLeft > worthWaitingBytes) run.fetch.stop();
    },
    close: () => {
      holder.leave();
      buffers.close();
    },
  };
}
