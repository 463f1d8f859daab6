import type { StoreApi } from 'zustand/vanilla';
import type { StatusState } from './status-store.js';

/**
 * Calls back each time a tracker that was not there, or another one, is there: what it knows must be asked anew.
 * `isOther`: nothing that was known before holds.
 */
export function onTrackerBack(status: StoreApi<StatusState>, callback: (isOther: boolean) => void): () => void {
  let current: string | null = null;
  let last: string | null = null;
  return status.subscribe(({ status: now }) => {
    const next = now?.tracker?.connected === true && now.user ? `${now.tracker.trackerId} ${now.user.id}` : null;
    if (next === current) return;
    current = next;
    if (next === null) return;
    const isOther = last !== null && last !== next;
    last = next;
    callback(isOther);
  });
}
