import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCatalogueStore } from '../../store/memory-catalogue-store.js';
import { createMemoryUserStore } from '../../store/memory-user-store.js';
import { createEntry } from '../../test-kit/entries.js';
import { createFakeClock, type FakeClock } from '../../test-kit/fake-clock.js';
import { createTestSession, type TestSession } from '../../test-kit/test-session.js';
import { openNetwork, type Network } from '../network.js';
import { sourceTickMs } from '../source-watches.js';

let clock: FakeClock;
let network: Network;
let ana: TestSession;
let rui: TestSession;
let bia: TestSession;
beforeEach(async () => {
  clock = createFakeClock();
  network = await openNetwork({
    userStore: createMemoryUserStore(),
    catalogueStore: createMemoryCatalogueStore(),
    clock,
    onLateFailure: (error) => {
      throw error;
    },
  });
  ana = await createTestSession(network, 'Ana');
  rui = await createTestSession(network, 'Rui');
  bia = await createTestSession(network, 'Bia');
});
const devicesOf = (session: TestSession, contentId: ReturnType<typeof createEntry>['contentId']): string[] =>
  network.sources.watch(session.session, contentId).map(({ deviceId }) => deviceId);

describe('T143: the sources of what is for some people', () => {
  it('are told to them alone, and no more once it is not for them', async () => {
    const entry = createEntry({ audience: [rui.user.userId] });
    await ana.announce(entry);
    expect(devicesOf(rui, entry.contentId)).toEqual([ana.user.deviceId]);
    expect(() => devicesOf(bia, entry.contentId)).toThrow(expect.objectContaining({ code: 'content-not-found' }));
    await ana.announce({ ...entry, audience: [bia.user.userId] });
    clock.advance(sourceTickMs);
    expect(rui.take('sources:changed')).toEqual([{ contentId: entry.contentId, sources: [] }]);
    ana.leave();
    clock.advance(sourceTickMs);
    expect(rui.take('sources:changed')).toEqual([]);
  });

  it('are not among those of the same bytes that somebody shares with everybody', async () => {
    const entry = createEntry({ audience: [rui.user.userId] });
    await ana.announce(entry);
    network.offer(rui.session, [{ contentId: entry.contentId, complete: true }]);
    const open = createEntry({ contentId: entry.contentId });
    const zeca = await createTestSession(network, 'Zeca');
    await zeca.announce(open);
    expect(devicesOf(bia, entry.contentId)).toEqual([zeca.user.deviceId]);
    expect(network.index.get(open.id)?.sources).toBe(1);
    expect(devicesOf(rui, entry.contentId).sort()).toEqual([ana.user.deviceId, zeca.user.deviceId].sort());
  });
});
