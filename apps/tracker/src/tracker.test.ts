import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyWindowDiff } from '@enxame/shared/tracker/apply-window-diff';
import { createEntry } from './test-kit/entries.js';
import { startTestTracker, type TestTracker } from './test-kit/test-tracker.js';

let net: TestTracker;
beforeEach(async () => {
  net = await startTestTracker();
});
afterEach(async () => {
  await net.close();
});

const newest = { query: {}, window: { offset: 0, limit: 50 } };

describe('a tracker on a real port', () => {
  it('lets two people register, and shows one what the other shares', async () => {
    const ana = await net.join('Ana');
    const rui = await net.join('Rui');
    const page = await rui.request('catalogue:watch', { watchId: 1, ...newest });
    expect(page).toEqual({ total: 0, rows: [] });

    const entry = createEntry({ name: 'Relação.pdf' });
    expect(await ana.request('entries:announce', { entries: [entry] })).toEqual({ refused: [] });

    const { diff } = await rui.pushed('catalogue:changed', ({ watchId }) => watchId === 1);
    expect(applyWindowDiff(page, diff)).toEqual({
      total: 1,
      rows: [{ ...entry, owner: { id: ana.user.userId, name: 'Ana', online: true }, sources: 1 }],
    });
    const found = await rui.request('sources:watch', { contentId: entry.contentId });
    expect(found.sources).toEqual([
      {
        deviceId: ana.user.deviceId,
        userName: 'Ana',
        grant: ana.user.grant,
        addresses: [{ host: '127.0.0.1', port: 4000 }],
      },
    ]);
  });
});
