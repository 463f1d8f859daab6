import type { Share } from '@enxame/shared/engine/share';
import type { EntryId } from '@enxame/shared/ids';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from './engine-link.js';
import { applyKeyedChanges } from './keyed-changes.js';

export interface SharesState {
  readonly shares: ReadonlyMap<EntryId, Share>;
  readonly loaded: boolean;
}

/** A list on its way, page by page, and what was told of meanwhile: that is newer than any page. */
interface Loading {
  readonly shares: Map<EntryId, Share>;
  readonly told: Set<EntryId>;
}

export function createSharesStore(link: EngineLink): StoreApi<SharesState> {
  const store = createStore<SharesState>(() => ({ shares: new Map(), loaded: false }));
  let loading: Loading | null = null;
  const load = async (): Promise<void> => {
    const mine: Loading = { shares: new Map(), told: new Set() };
    loading = mine;
    let after: EntryId | undefined;
    do {
      const page = await link.call('shares:list', after === undefined ? {} : { after });
      if (loading !== mine) return; // the engine is another one by now, and is asked anew
      for (const share of page.shares) if (!mine.told.has(share.id)) mine.shares.set(share.id, share);
      after = page.next;
    } while (after !== undefined);
    loading = null;
    store.setState({ shares: mine.shares, loaded: true });
  };
  link.onOpen(() => {
    load().catch(() => undefined); // the carrier closed: the next opening asks again
  });
  link.on('shares:changed', ({ upserted, removed }) => {
    if (loading) {
      for (const share of upserted) loading.shares.set(share.id, share);
      for (const id of removed) loading.shares.delete(id);
      for (const id of [...upserted.map((share) => share.id), ...removed]) loading.told.add(id);
    }
    store.setState(({ shares }) => ({ shares: applyKeyedChanges(shares, upserted, removed) }));
  });
  return store;
}
