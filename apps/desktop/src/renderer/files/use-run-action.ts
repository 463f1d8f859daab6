import type { Transfer } from '@enxame/shared/engine/transfer';
import type { ContentId } from '@enxame/shared/ids';
import { useCallback } from 'react';
import { goTo } from '../shell/route.js';
import type { FileRow } from './file-row.js';
import type { FileActions } from './use-file-actions.js';

/** What Enter does with a row: download it, show where it is, or show how far it is. */
export function useRunAction(
  receiving: ReadonlyMap<ContentId, Transfer>,
  actions: FileActions,
): (row: FileRow) => void {
  return useCallback(
    (row) => {
      const transfer = row.contentId === null ? undefined : receiving.get(row.contentId);
      if (transfer && transfer.state !== 'verified') goTo('transfers');
      else if (row.here) actions.reveal(row);
      else actions.download(row);
    },
    [receiving, actions],
  );
}
