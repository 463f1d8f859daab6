import { busyAnswerSchema } from '@enxame/shared/peer/busy-answer';
import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { QueuePlace } from '@enxame/shared/engine/transfer';

/** A source that does not say when to come back. */
const unknownMs = 3000;

/**
 * What a `source-busy` says of the place in the source's queue, and when to ask it again: within the time that it said,
 * or the place is passed over.
 */
export function toQueueWait(
  { params }: Pick<EnxameError, 'params'>,
  random: () => number,
): { readonly place: QueuePlace | null; readonly retryMs: number } {
  const parsed = busyAnswerSchema.safeParse(params);
  if (!parsed.success) return { place: null, retryMs: unknownMs };
  const { position, startsInSeconds = null, retryAfterMs } = parsed.data;
  return { place: { position, startsInSeconds }, retryMs: Math.round(retryAfterMs * (0.8 + random() / 5)) };
}
