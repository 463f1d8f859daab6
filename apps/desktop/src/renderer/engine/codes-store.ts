import type { CodeReceive, CodeSend } from '@enxame/shared/engine/code';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from './engine-link.js';

export interface CodesState {
  readonly sends: readonly CodeSend[];
  readonly receives: readonly CodeReceive[];
  readonly loaded: boolean;
}

/** What waits under codes, and what comes under them, oldest first. */
export function createCodesStore(link: EngineLink): StoreApi<CodesState> {
  const store = createStore<CodesState>(() => ({ sends: [], receives: [], loaded: false }));
  link.onOpen(() => {
    void link.call('codes:list', {}).then(
      (codes) => {
        store.setState({ ...codes, loaded: true });
      },
      () => undefined, // the carrier closed: the next opening asks again
    );
  });
  link.on('codes:changed', (codes) => {
    store.setState({ ...codes, loaded: true });
  });
  return store;
}
