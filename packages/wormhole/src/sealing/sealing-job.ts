import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';

/** What a sealing thread is asked: one record to seal, or whole records to open. The bytes move to it, and back. */
export interface SealingJob {
  readonly kind: 'seal' | 'open';
  readonly key: Uint8Array;
  /** Of the (first) record. */
  readonly number: bigint;
  readonly bytes: Uint8Array;
}

/** In the order in which they were asked. */
export type SealingReply = { readonly bytes: Uint8Array } | { readonly error: ErrorInfo };
