import type { Limits, RateLimits } from '@enxame/shared/engine/limits';
import type { TransferId } from '@enxame/shared/ids';
import { toNameKey } from '@enxame/shared/identity/user-name';
import type { Timers } from '../library/timers.js';
import type { RateTaker } from './rate-taker.js';
import { createTokenBucket, type TokenBucket } from './token-bucket.js';

type Direction = keyof RateLimits;

/** At a limit, so many parts a second: few wake-ups, and a smooth stream. */
const partsPerSecond = 10;
const minPartBytes = 1024;

/** Every rate limit in force: of all together, of each person, of each transfer. The lowest that applies counts. */
export interface RateControl {
  /** For the bytes of one transfer with one person. */
  sending(userName: string, transferId: TransferId): RateTaker;
  receiving(userName: string, transferId: TransferId): RateTaker;
  /** The lowest rate at which this person, or everybody together (null), is sent to; null without a limit. */
  sendRate(userName: string | null): number | null;
  apply(all: RateLimits, people: Limits['people']): void;
  /** `rate` null takes the limit away. */
  limitTransfer(id: TransferId, rate: number | null): void;
  transferLimit(id: TransferId): number | null;
  /** Nobody waits after it. */
  readonly close: () => void;
}

/** Owns the buckets. `timers.now` must never be set back. */
export function createRateControl(timers: Timers): RateControl {
  const all: Readonly<Record<Direction, TokenBucket>> = {
    send: createTokenBucket(timers),
    receive: createTokenBucket(timers),
  };
  const people = new Map<string, Record<Direction, TokenBucket>>();
  const transfers = new Map<TransferId, TokenBucket>();
  let hasLimits = false;

  function noteLimits(): void {
    hasLimits = all.send.rate !== null || all.receive.rate !== null || people.size > 0 || transfers.size > 0;
  }

  /** Those with a rate, the narrowest crowd first: who waits for its own limit holds up nobody else. */
  function bucketsFor(direction: Direction, nameKey: string, id: TransferId | undefined): TokenBucket[] {
    const found = [id && transfers.get(id), people.get(nameKey)?.[direction], all[direction]];
    return found.filter((bucket) => bucket !== undefined && bucket.rate !== null) as TokenBucket[];
  }

  function lowest(buckets: readonly TokenBucket[]): number | null {
    return buckets.length === 0 ? null : Math.min(...buckets.map(({ rate }) => rate ?? Infinity));
  }

  function createTaker(direction: Direction, userName: string, id: TransferId): RateTaker {
    const nameKey = toNameKey(userName);
    const taker: RateTaker = {
      quantum: () => {
        const rate = hasLimits ? lowest(bucketsFor(direction, nameKey, id)) : null;
        return rate === null ? Infinity : Math.max(minPartBytes, Math.floor(rate / partsPerSecond));
      },
      take: (bytes) => (hasLimits ? takeAll(bucketsFor(direction, nameKey, id), bytes, taker) : undefined),
    };
    return taker;
  }

  return {
    sending: (userName, id) => createTaker('send', userName, id),
    receiving: (userName, id) => createTaker('receive', userName, id),
    sendRate: (userName) =>
      userName === null ? all.send.rate : lowest(bucketsFor('send', toNameKey(userName), undefined)),
    apply: (rates, limited) => {
      all.send.setRate(rates.send);
      all.receive.setRate(rates.receive);
      const left = new Set(people.keys());
      for (const { name, limits } of limited) {
        const key = toNameKey(name);
        const buckets = people.get(key) ?? { send: createTokenBucket(timers), receive: createTokenBucket(timers) };
        buckets.send.setRate(limits.send);
        buckets.receive.setRate(limits.receive);
        people.set(key, buckets);
        left.delete(key);
      }
      for (const key of left) {
        people.get(key)?.send.setRate(null);
        people.get(key)?.receive.setRate(null);
        people.delete(key);
      }
      noteLimits();
    },
    limitTransfer: (id, rate) => {
      const bucket = transfers.get(id) ?? createTokenBucket(timers);
      bucket.setRate(rate);
      if (rate === null) transfers.delete(id);
      else transfers.set(id, bucket);
      noteLimits();
    },
    transferLimit: (id) => transfers.get(id)?.rate ?? null,
    close: () => {
      const buckets = [all, ...people.values()].flatMap(({ send, receive }) => [send, receive]);
      for (const bucket of [...buckets, ...transfers.values()]) bucket.setRate(null);
      people.clear();
      transfers.clear();
      hasLimits = false;
    },
  };
}

/** From one bucket after the other; undefined when none of them made it wait. */
function takeAll(buckets: readonly TokenBucket[], bytes: number, taker: object): Promise<void> | undefined {
  for (const [index, bucket] of buckets.entries()) {
    const wait = bucket.take(bytes, taker);
    if (wait) return wait.then(() => takeAll(buckets.slice(index + 1), bytes, taker));
  }
  return undefined;
}
