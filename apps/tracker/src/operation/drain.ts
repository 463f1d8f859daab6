import type { Clock } from '../domain/clock.js';

/** Between two looks at what still moves. */
const lookMs = 200;
/** Relayed connections stay open between two files: one in which nothing moved for so long is at rest. */
const quietMs = 1000;

export interface Movement {
  /** HTTP requests under way: uploads and downloads. */
  readonly requests: number;
  readonly relaysOpen: number;
  /** Since the start. */
  readonly relayBytes: number;
}

/** Resolves when nothing moves any more, when `deadlineMs` have passed, or when `hurry` is aborted. Says which. */
export function untilQuiet(deps: {
  readonly clock: Clock;
  readonly movement: () => Movement;
  readonly deadlineMs: number;
  readonly hurry: AbortSignal;
}): Promise<'quiet' | 'deadline' | 'hurry'> {
  const { clock, movement, hurry } = deps;
  const endAt = clock.now() + deps.deadlineMs;
  let { relayBytes } = movement();
  let movedAt = clock.now();

  function look(): 'quiet' | 'deadline' | 'hurry' | undefined {
    const now = movement();
    if (now.relayBytes !== relayBytes) movedAt = clock.now();
    relayBytes = now.relayBytes;
    if (hurry.aborted) return 'hurry';
    const relaysRest = now.relaysOpen === 0 || clock.now() - movedAt >= quietMs;
    if (now.requests === 0 && relaysRest) return 'quiet';
    return clock.now() >= endAt ? 'deadline' : undefined;
  }

  return new Promise((resolve) => {
    let cancel = (): void => undefined;
    const step = (): void => {
      const result = look();
      cancel();
      if (result === undefined) {
        cancel = clock.after(lookMs, step);
        return;
      }
      hurry.removeEventListener('abort', step);
      resolve(result);
    };
    hurry.addEventListener('abort', step);
    step();
  });
}

/** All at once would be a stampede: some hundred connections a second come back without anybody waiting. */
const returnsPerSecond = 400;
const minSpreadMs = 1000;
const maxSpreadMs = 20_000;

/** How long each of `count` devices should stay away: anything up to this. */
export function toSpreadMs(count: number): number {
  return Math.min(maxSpreadMs, Math.max(minSpreadMs, (count / returnsPerSecond) * 1000));
}
