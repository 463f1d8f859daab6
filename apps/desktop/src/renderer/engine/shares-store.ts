import type { Share } from '@enxame/shared/engine/share';
import type { EntryId } from '@enxame/shared/ids';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from './engine-link.js';
import { applyKeyedChanges } from './keyed-changes.js';

export interface SharesState {
  readonly shares: ReadonlyMap<EntryId, Share>;
  readonly loaded: boolean;
}

export function createSharesStore(link: EngineLink): StoreApi<SharesState> {
  const store = createStore<SharesState>(() => ({ shares: new Map(), loaded: false }));
  link.onOpen(() => {
    void link.call('shares:list', {}).then(
      ({ shares }) => {
        store.setState({ shares: new Map(shares.map((share) => [share.id, share])), loaded: true });
      },
      () => undefined, // the carrier closed: the next opening asks again
    );
  });
  link.on('shares:changed', ({ upserted, removed }) => {
    store.setState(({ shares }) => ({ shares: applyKeyedChanges(shares, upserted, removed) }));
  });
  return store;
}
