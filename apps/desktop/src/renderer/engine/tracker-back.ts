import type { StoreApi } from 'zustand/vanilla';
import type { StatusState } from './status-store.js';

/** Calls back each time a tracker that was not there, or another one, is there: what it knows must be asked anew. */
export function onTrackerBack(status: StoreApi<StatusState>, callback: () => void): () => void {
  let known: string | null = null;
  return status.subscribe(({ status: now }) => {
    const current = now?.tracker?.connected === true && now.user ? `${now.tracker.trackerId} ${now.user.id}` : null;
    if (current === known) return;
    known = current;
    if (current !== null) callback();
  });
}
