import type { EngineStatus } from '@enxame/shared/engine/status';
import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from './engine-link.js';

export interface StatusState {
  /** Null until the engine answered for the first time; afterwards the last one known. */
  readonly status: EngineStatus | null;
  /** What the engine raised and the person has not dismissed, oldest first. */
  readonly notices: readonly { readonly id: number; readonly error: ErrorInfo }[];
  readonly dismissNotice: (id: number) => void;
}

/** More than a person reads; older ones make room. */
const maxNotices = 5;

export function createStatusStore(link: EngineLink): StoreApi<StatusState> {
  let nextNoticeId = 0;
  const store = createStore<StatusState>((set) => ({
    status: null,
    notices: [],
    dismissNotice: (id) => {
      set(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
    },
  }));
  const take = (status: EngineStatus): void => {
    store.setState({ status });
  };
  link.onOpen(take);
  link.on('status:changed', take);
  link.on('notice:raised', (error) => {
    store.setState(({ notices }) => ({ notices: [...notices, { id: nextNoticeId++, error }].slice(-maxNotices) }));
  });
  return store;
}
