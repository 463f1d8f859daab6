import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import { queuePlaceSchema, type QueuePlace } from '@enxame/shared/engine/transfer';

const shortestMs = 1000;
/** Whoever waits long still shows that it is there: a place is kept for those who ask. */
const longestMs = 10_000;
const unknownMs = 3000;

/** What a `source-busy` says of the place in the source's queue, and when to ask it again. */
export function toQueueWait(
  { params }: Pick<EnxameError, 'params'>,
  random: () => number,
): { readonly place: QueuePlace | null; readonly retryMs: number } {
  const parsed = queuePlaceSchema.safeParse({ startsInSeconds: null, ...params });
  const place = parsed.success ? parsed.data : null;
  const startsInMs = (place?.startsInSeconds ?? unknownMs / 1000) * 1000;
  const retryMs = Math.min(longestMs, Math.max(shortestMs, startsInMs));
  return { place, retryMs: Math.round(retryMs * (0.9 + random() / 5)) };
}
