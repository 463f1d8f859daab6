import type { Transfer } from '@enxame/shared/engine/transfer';
import type { TransferId } from '@enxame/shared/ids';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from './engine-link.js';
import { applyKeyedChanges } from './keyed-changes.js';

export interface TransfersState {
  readonly transfers: ReadonlyMap<TransferId, Transfer>;
  readonly loaded: boolean;
  /** Left the list on the screen; the engine is told when they can no longer be brought back. */
  readonly leaving: ReadonlySet<TransferId>;
}

export function createTransfersStore(link: EngineLink): StoreApi<TransfersState> {
  const store = createStore<TransfersState>(() => ({ transfers: new Map(), loaded: false, leaving: new Set() }));
  link.onOpen(() => {
    void link.call('transfers:list', {}).then(
      ({ transfers }) => {
        store.setState({ transfers: new Map(transfers.map((transfer) => [transfer.id, transfer])), loaded: true });
      },
      () => undefined, // the carrier closed: the next opening asks again
    );
  });
  link.on('transfers:changed', ({ upserted, removed }) => {
    store.setState(({ transfers }) => ({ transfers: applyKeyedChanges(transfers, upserted, removed) }));
  });
  return store;
}
