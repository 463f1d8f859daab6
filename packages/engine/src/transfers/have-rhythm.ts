import { haveBytesFor, type PieceBits } from '@enxame/shared/peer/have';

/** When to ask a source again what it has: soon while it gets more, rarely while nothing changes. */
export interface HaveRhythm {
  /** It has told something. */
  readonly isKnown: boolean;
  /** `canWait`: there is enough to do with what it told last. */
  isDue(contentBytes: number, canWait?: boolean): boolean;
  /** Until it is due. */
  nextMs(): number;
  told(held: PieceBits): void;
}

const fastestMs = 500;
const slowestMs = 5000;
const patientMs = 2000;
/** The answers for a content with very many pieces are large: they cost at most so much of the line. */
const maxBytesPerSecond = 32 * 1024;

/** `now`: milliseconds; a clock that is set back makes it due. */
export function createHaveRhythm(now: () => number): HaveRhythm {
  let askedAt: number | undefined;
  let waitMs = fastestMs;
  let before: PieceBits | undefined;
  let leastMs = 0;

  function leftMs(): number {
    if (askedAt === undefined) return 0;
    const passedMs = now() - askedAt;
    return passedMs < 0 ? 0 : Math.max(0, Math.max(waitMs, leastMs) - passedMs);
  }

  return {
    get isKnown() {
      return askedAt !== undefined;
    },
    isDue: (contentBytes, canWait = false) => {
      leastMs = Math.max((haveBytesFor(contentBytes) * 1000) / maxBytesPerSecond, canWait ? patientMs : 0);
      return leftMs() === 0;
    },
    nextMs: () => Math.max(1, leftMs()),
    told: (held) => {
      askedAt = now();
      const isNew = !before || Buffer.compare(before, held) !== 0;
      waitMs = isNew ? fastestMs : Math.min(slowestMs, waitMs * 1.5);
      before = held;
    },
  };
}
