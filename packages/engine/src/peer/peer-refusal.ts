import { EnxameError, errorInfoSchema } from '@enxame/shared/errors/enxame-error';
import type { ErrorCode } from '@enxame/shared/errors/error-codes';
import { z } from 'zod';

/** What a peer may answer instead of bytes. (docs/spec/peer-protocol.md, P9) */
const refusalCodes: readonly ErrorCode[] = [
  'unauthorized',
  'ticket-invalid',
  'not-found',
  'not-supported',
  'content-not-found',
  'piece-not-here',
  'file-changed',
  'file-vanished',
  'rate-limited',
  'source-busy',
  'receipt-invalid',
];

const refusalSchema = z.object({ error: errorInfoSchema });

/**
 * What a peer's refusal means here. A code outside the list becomes `source-refused`: a peer must not be able to say
 * "your disk is full" in this computer's name. What is no refusal at all becomes `source-lied`.
 */
export function parsePeerRefusal(body: string): EnxameError {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (error) {
    return new EnxameError('source-lied', undefined, { cause: error });
  }
  const parsed = refusalSchema.safeParse(json);
  if (!parsed.success) return new EnxameError('source-lied');
  const { code, params } = parsed.data.error;
  if (code === 'source-busy') return new EnxameError(code, params); // a place in the queue: source-queue.ts
  return new EnxameError(refusalCodes.includes(code) ? code : 'source-refused');
}
