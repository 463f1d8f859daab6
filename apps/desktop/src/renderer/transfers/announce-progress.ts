import type { Transfer } from '@enxame/shared/engine/transfer';

export type Announcement =
  | { readonly kind: 'start' | 'checking' | 'verified' | 'failed'; readonly transfer: Transfer }
  | { readonly kind: 'percent'; readonly transfer: Transfer; readonly quarter: 25 | 50 | 75 };

/**
 * What is said aloud of a transfer after a change: its start, each quarter, the check, the result. Not each tick, and
 * nothing of what was already under way when the page opened.
 */
export function announcementOf(before: Transfer | undefined, after: Transfer): Announcement | null {
  if (after.direction !== 'receive') return null;
  if (!before) return after.bytesDone === 0 && after.state !== 'failed' ? { kind: 'start', transfer: after } : null;
  if (before.state !== after.state) {
    if (after.state === 'verified' || after.state === 'failed' || after.state === 'checking') {
      return { kind: after.state, transfer: after };
    }
  }
  const quarter = quarterOf(after);
  const crossed = quarter !== 0 && quarter > quarterOf(before) && after.state === 'moving';
  return crossed ? { kind: 'percent', transfer: after, quarter } : null;
}

function quarterOf({ bytesDone, size }: Transfer): 0 | 25 | 50 | 75 {
  const part = size === 0 ? 0 : bytesDone / size;
  return part >= 0.75 ? 75 : part >= 0.5 ? 50 : part >= 0.25 ? 25 : 0;
}
