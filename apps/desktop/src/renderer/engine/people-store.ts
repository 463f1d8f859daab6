import { toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { KnownPerson } from '@enxame/shared/engine/person-calls';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from './engine-link.js';
import { onTrackerBack } from './tracker-back.js';
import type { StatusState } from './status-store.js';

export interface PeopleState {
  /** Null until the first answer; afterwards the last ones known, also while there is no contact with the tracker. */
  readonly people: readonly KnownPerson[] | null;
  readonly total: number;
  /** Why the last asking failed; null when it did not. */
  readonly error: ErrorInfo | null;
}

export function createPeopleStore(link: EngineLink, status: StoreApi<StatusState>): StoreApi<PeopleState> {
  const store = createStore<PeopleState>(() => ({ people: null, total: 0, error: null }));
  const ask = (): void => {
    link.call('people:list', {}).then(
      ({ people, total }) => {
        store.setState({ people, total, error: null });
      },
      (error: unknown) => {
        store.setState({ error: toErrorInfo(error) });
      },
    );
  };
  link.onOpen((now) => {
    if (now.user && now.tracker?.connected) ask();
  });
  onTrackerBack(status, (isOther) => {
    if (isOther) store.setState({ people: null, total: 0 });
    ask();
  });
  link.on('people:changed', ({ people, total }) => {
    store.setState({ people, total, error: null });
  });
  return store;
}
