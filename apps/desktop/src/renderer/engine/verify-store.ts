import type { VerifyStatus } from '@enxame/shared/engine/verify';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from './engine-link.js';

export interface VerifyState {
  /** Null until the engine has told. */
  readonly status: VerifyStatus | null;
}

/** The check of everything that is on this computer: the one under way, or the last one. */
export function createVerifyStore(link: EngineLink): StoreApi<VerifyState> {
  const store = createStore<VerifyState>(() => ({ status: null }));
  const take = (status: VerifyStatus): void => {
    store.setState({ status });
  };
  link.onOpen(() => {
    link.call('verify:get', {}).then(take, () => undefined); // the carrier closed: the next opening asks again
  });
  link.on('verify:changed', take);
  return store;
}
