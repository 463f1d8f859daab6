import { maxSharesInPage } from '@enxame/shared/engine/calls';
import type { Share } from '@enxame/shared/engine/share';
import type { EntryId } from '@enxame/shared/ids';
import type { Shares } from './shares.js';

/** So many shares at most, from the one behind `after` on; from the first on when that is gone. */
export function sharePage(
  shares: Pick<Shares, 'record' | 'records' | 'view'>,
  after?: EntryId,
): { shares: Share[]; next?: EntryId } {
  const page: Share[] = [];
  let isBefore = after !== undefined && shares.record(after) !== undefined;
  for (const { id } of shares.records()) {
    if (isBefore) {
      isBefore = id !== after;
      continue;
    }
    const last = page.at(-1);
    if (page.length === maxSharesInPage && last) return { shares: page, next: last.id };
    const share = shares.view(id);
    if (share) page.push(share);
  }
  return { shares: page };
}
