import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import type { ContentId } from '@enxame/shared/ids';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from './engine-link.js';
import type { StatusState } from './status-store.js';
import { onTrackerBack } from './tracker-back.js';

export interface HostedState {
  /** The copies that this person holds on the tracker. */
  readonly copies: ReadonlyMap<ContentId, HostedCopy>;
  /** What they take, and may take; null until it is known. */
  readonly room: { readonly usedBytes: number; readonly quotaBytes: number } | null;
}

/** Watches the hosted copies of this person, on whichever tracker is in use. */
export function createHostedStore(link: EngineLink, status: StoreApi<StatusState>): StoreApi<HostedState> {
  const store = createStore<HostedState>(() => ({ copies: new Map(), room: null }));
  const watch = (): void => {
    link.call('hosted:watch', {}).then(
      ({ copies, room }) => {
        store.setState({ copies: new Map(copies.map((copy) => [copy.contentId, copy])), room });
      },
      () => undefined, // no tracker now, or one that keeps no copies: the next one is asked again
    );
  };
  link.onOpen(watch);
  onTrackerBack(status, (isOther) => {
    if (isOther) store.setState({ copies: new Map(), room: null });
    watch();
  });
  link.on('hosted:changed', ({ upserted, removed, room }) => {
    store.setState(({ copies }) => {
      const next = new Map(copies);
      for (const copy of upserted) next.set(copy.contentId, copy);
      for (const id of removed) next.delete(id);
      return { copies: next, room };
    });
  });
  return store;
}
