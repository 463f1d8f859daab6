import type { WatchedFolder } from '@enxame/shared/engine/watched-calls';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from './engine-link.js';

export interface WatchedState {
  readonly folders: readonly WatchedFolder[];
}

/** The watched folders of the engine, as they were told last. */
export function createWatchedStore(link: EngineLink): StoreApi<WatchedState> {
  const store = createStore<WatchedState>(() => ({ folders: [] }));
  const set = ({ folders }: WatchedState): void => {
    store.setState({ folders });
  };
  link.onOpen(() => {
    link.call('watched:list', {}).then(set, () => undefined); // it left again: the next opening asks
  });
  link.on('watched:changed', set);
  return store;
}
