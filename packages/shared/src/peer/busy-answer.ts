import { z } from 'zod';

/** So many requests may wait at one computer; a place beyond is no place. */
export const maxQueuePlaces = 1024;
/** A peer may not put a request off for longer than this, nor have it asked in a busy loop. */
export const maxRetryAfterMs = 60_000;
export const minRetryAfterMs = 100;

/** What `source-busy` says beside its code: the parameters of the error. (docs/spec/peer-protocol.md, P31) */
export const busyAnswerSchema = z.object({
  /** 1 is next. */
  position: z.int().min(1).max(maxQueuePlaces),
  /** Left out while nothing can be predicted. */
  startsInSeconds: z.number().min(0).max(1_000_000_000).optional(),
  /** Ask again within this time, and the place is kept. */
  retryAfterMs: z.int().min(minRetryAfterMs).max(maxRetryAfterMs),
});
