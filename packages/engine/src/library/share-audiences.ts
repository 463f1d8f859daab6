import type { ContentId, EntryId, UserId } from '@enxame/shared/ids';
import type { FolderStore } from '../collections/folder-store.js';
import type { LocalContents } from './local-contents.js';
import type { ShareRecord } from './share-record.js';
import type { Shares } from './shares.js';

/**
 * For whom this device's shares are, asked by content (P28): a ticket outlives a change of mind, this does not. Costs
 * nothing as long as everything is for everyone.
 */
export interface ShareAudiences {
  /** Whether a person may have a content that is here only as shares for some people; true of everything else. */
  readonly mayHave: (contentId: ContentId, userId: UserId | undefined) => boolean;
}

export function createShareAudiences(deps: {
  readonly shares: Shares;
  readonly folders: Pick<FolderStore, 'find'>;
  readonly contents: Pick<LocalContents, 'isHeldAs'>;
}): ShareAudiences {
  const { shares, folders, contents } = deps;
  const restricted = new Set<EntryId>();
  /** Looked up among all shares once, until one of them changes. */
  const found = new Map<ContentId, readonly ShareRecord[]>();

  function note(id: EntryId): void {
    found.clear();
    if (shares.record(id)?.audience) restricted.add(id);
    else restricted.delete(id);
  }
  for (const { id, audience } of shares.records()) if (audience) restricted.add(id);
  shares.onChange(note);

  function recordsOf(contentId: ContentId): readonly ShareRecord[] {
    let records = found.get(contentId);
    if (!records) {
      const whole = [...shares.records()].filter((record) => record.contentId === contentId);
      const around = [...folders.find(contentId)].flatMap(({ folder }) => {
        const record = folder.heldAs === 'share' ? shares.record(folder.key as EntryId) : undefined;
        return record ? [record] : [];
      });
      found.set(contentId, (records = [...whole, ...around]));
    }
    return records;
  }

  return {
    mayHave: (contentId, userId) => {
      if (restricted.size === 0) return true;
      const records = recordsOf(contentId);
      if (!records.some(({ audience }) => audience !== null)) return true;
      // What was received is the swarm's, whatever else it is here.
      if (contents.isHeldAs(contentId, 'download')) return true;
      return records.some(({ audience }) => audience === null || (userId !== undefined && audience.includes(userId)));
    },
  };
}
