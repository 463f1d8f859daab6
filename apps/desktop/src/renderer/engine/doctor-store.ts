import type { DoctorReport } from '@enxame/shared/engine/doctor';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from './engine-link.js';

export interface DoctorState {
  /** Null until the engine has told. */
  readonly report: DoctorReport | null;
}

/** How this computer is connected, as it was looked at the last time. */
export function createDoctorStore(link: EngineLink): StoreApi<DoctorState> {
  const store = createStore<DoctorState>(() => ({ report: null }));
  const take = (report: DoctorReport): void => {
    store.setState({ report });
  };
  link.onOpen(() => {
    link.call('doctor:get', {}).then(take, () => undefined); // the carrier closed: the next opening asks again
  });
  link.on('doctor:changed', take);
  return store;
}
