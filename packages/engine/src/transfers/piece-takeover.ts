import type { Holder, PieceBoard, PieceRun } from './piece-board.js';

/** A request under way. */
export interface MovingRun {
  readonly holder: Holder;
  /** The piece after its last one. */
  readonly end: number;
  /** Of the piece that is coming. */
  readonly bytesLeft: number;
  /** Undefined: it began a moment ago. Zero: it brings nothing. */
  readonly bytesPerSecond: number | undefined;
}

/** Shorter waits than this are not worth a second request. */
const minWaitMs = 1500;
/** A source whose speed nobody knows gets its chance when the other one takes longer than this. */
const unknownWaitMs = 2000;
/** To ask for a piece a second time, the second source must be so much faster. */
const duplicateGain = 1.5;

/**
 * What an idle source may take from one that holds the others up: the part that the slower one has not begun, shared by
 * speed; or, when there is no such part, the very piece that is coming, a second time. Undefined: nothing worth it. Pure.
 */
export function planTakeover(options: {
  readonly board: PieceBoard;
  readonly holder: Holder;
  readonly bytesPerSecond: number | undefined;
  readonly runs: readonly MovingRun[];
  readonly pieceBytes: number;
  readonly maxPieces: number;
}): PieceRun | undefined {
  const waiting = options.runs
    .filter((run) => run.holder !== options.holder)
    .map((run) => ({ run, waitMs: toWaitMs(run, options.pieceBytes) }))
    .filter(({ waitMs }) => waitMs >= minWaitMs)
    .sort((one, other) => other.waitMs - one.waitMs);
  for (const { run, waitMs } of waiting) {
    const plan = planTail(options, run, waitMs) ?? planDuplicate(options, run, waitMs);
    if (plan) return plan;
  }
  return undefined;
}

type Options = Parameters<typeof planTakeover>[0];

function toWaitMs({ holder, bytesLeft, bytesPerSecond }: MovingRun, pieceBytes: number): number {
  if (bytesPerSecond === undefined) return 0;
  const bytes = bytesLeft + Math.max(0, holder.askedCount - 1) * pieceBytes;
  return bytes === 0 ? 0 : (bytes * 1000) / bytesPerSecond;
}

/** From the end of the other's run backwards: what the idle source has of it, next to each other. */
function planTail(options: Options, run: MovingRun, waitMs: number): PieceRun | undefined {
  const { board, holder, bytesPerSecond, pieceBytes } = options;
  const other = run.holder;
  const isMine = (index: number): boolean =>
    other.isAsked(index) && holder.isHeld(index) && board.askedOf(index).length === 1;
  let end = run.end;
  while (end > other.current + 1 && !isMine(end - 1)) end--;
  let first = end;
  while (first > other.current + 1 && isMine(first - 1)) first--;
  if (first === end) return undefined;
  const share = toShare(bytesPerSecond, run.bytesPerSecond ?? 0);
  const wanted = Math.max(1, Math.round(other.askedCount * share));
  const count = Math.min(end - first, wanted, options.maxPieces);
  const ownMs = bytesPerSecond === undefined ? unknownWaitMs : (count * pieceBytes * 1000) / bytesPerSecond;
  return ownMs < waitMs ? { first: end - count, count } : undefined;
}

function planDuplicate(options: Options, run: MovingRun, waitMs: number): PieceRun | undefined {
  const { board, holder, bytesPerSecond, pieceBytes } = options;
  const { current } = run.holder;
  if (!run.holder.isAsked(current) || !holder.isHeld(current) || board.askedOf(current).length !== 1) return undefined;
  const currentMs = run.bytesPerSecond === undefined ? 0 : (run.bytesLeft * 1000) / run.bytesPerSecond;
  const ownMs = bytesPerSecond === undefined ? unknownWaitMs : (pieceBytes * 1000) / bytesPerSecond;
  return ownMs * duplicateGain < Math.min(waitMs, currentMs) ? { first: current, count: 1 } : undefined;
}

/** Which part of the work the faster one takes, so that both end at the same time. */
function toShare(own: number | undefined, other: number): number {
  if (other === 0) return 1;
  return own === undefined ? 0.5 : own / (own + other);
}
