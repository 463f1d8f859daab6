import type { LimitsStatus } from '@enxame/shared/engine/limits';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from './engine-link.js';

export interface LimitsState {
  /** Null until the engine has told. */
  readonly status: LimitsStatus | null;
}

export function createLimitsStore(link: EngineLink): StoreApi<LimitsState> {
  const store = createStore<LimitsState>(() => ({ status: null }));
  const take = (status: LimitsStatus): void => {
    store.setState({ status });
  };
  link.onOpen(() => {
    link.call('limits:get', {}).then(take, () => undefined); // the carrier closed: the next opening asks again
  });
  link.on('limits:changed', take);
  return store;
}
