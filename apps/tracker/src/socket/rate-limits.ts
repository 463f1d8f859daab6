import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Counts what each of many does within a span of time. */
export interface RateLimit {
  /** Throws `rate-limited`, with `retryAfterMs`, when it is too much. */
  count(key: string): Promise<void>;
  forget(key: string): Promise<void>;
}

export function createRateLimit(options: { readonly points: number; readonly seconds: number }): RateLimit {
  const limiter = new RateLimiterMemory({ points: options.points, duration: options.seconds });
  return {
    count: async (key) => {
      try {
        await limiter.consume(key);
      } catch (thrown) {
        if (thrown instanceof RateLimiterRes)
          throw new EnxameError('rate-limited', { retryAfterMs: thrown.msBeforeNext });
        throw thrown;
      }
    },
    forget: async (key) => {
      await limiter.delete(key);
    },
  };
}
