import type { Clock } from '../domain/clock.js';

/** So many buckets before those that are full again are thrown away. */
const sweepAt = 10_000;

export interface BucketSize {
  readonly perSecond: number;
  /** What may be taken at once after a while of quiet. */
  readonly burst: number;
}

/** A bucket of tokens for each of many: what is taken comes back by and by. */
export class TokenBuckets {
  readonly #size: BucketSize;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();
  #sweepAt = sweepAt;

  constructor(size: BucketSize, clock: Pick<Clock, 'now'>) {
    this.#size = size;
    this.#clock = clock;
  }

  get size(): number {
    return this.#buckets.size;
  }

  /** How many milliseconds it takes until so many can be taken; 0: now. */
  waitMs(key: string, tokens: number): number {
    const missing = Math.min(tokens, this.#size.burst) - this.#tokensOf(key);
    // Below a millionth it is rounding.
    return missing < 1e-6 ? 0 : Math.ceil((missing / this.#size.perSecond) * 1000 - 1e-6);
  }

  /** Takes them; what asks for more than a full bucket empties it. */
  take(key: string, tokens: number): void {
    const left = Math.max(0, this.#tokensOf(key) - tokens);
    this.#buckets.set(key, { tokens: left, at: this.#clock.now() });
    if (this.#buckets.size > this.#sweepAt) this.#sweep();
  }

  forget(key: string): void {
    this.#buckets.delete(key);
  }

  #tokensOf(key: string): number {
    const { perSecond, burst } = this.#size;
    const bucket = this.#buckets.get(key);
    if (!bucket) return burst;
    // A clock that was set back gives nothing, and takes nothing.
    const seconds = Math.max(0, this.#clock.now() - bucket.at) / 1000;
    return Math.min(burst, bucket.tokens + seconds * perSecond);
  }

  #sweep(): void {
    for (const key of this.#buckets.keys()) if (this.#tokensOf(key) >= this.#size.burst) this.#buckets.delete(key);
    this.#sweepAt = Math.max(sweepAt, 2 * this.#buckets.size);
  }
}
