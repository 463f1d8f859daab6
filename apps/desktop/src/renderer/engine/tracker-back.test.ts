import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { StatusState } from './status-store.js';
import { onTrackerBack } from './tracker-back.js';

it('tells when a tracker is back, and when it is another one', () => {
  const store = createStore<StatusState>(() => ({ status: null, notices: [], dismissNotice: () => undefined }));
  const told: boolean[] = [];
  onTrackerBack(store, (isOther) => told.push(isOther));
  const be = (trackerId: string | null, connected: boolean, user: string | null): void => {
    const tracker = trackerId === null ? null : { trackerId, connected };
    store.setState({ status: { tracker, user: user === null ? null : { id: user } } } as Partial<StatusState>);
  };
  be(null, false, null);
  be('a', true, null); // joined by nobody yet
  be('a', true, 'ana');
  be('a', true, 'ana');
  be('a', false, 'ana');
  be('a', true, 'ana');
  be('b', true, 'ana');
  expect(told).toEqual([false, false, true]);
});
