import { createHash } from 'node:crypto';
import { toBase32 } from '@enxame/shared/content/base32';
import { deviceIdSchema, type ContentId, type DeviceId } from '@enxame/shared/ids';
import { maxOffersPerDevice, maxSourcesShown } from '@enxame/shared/tracker/requests';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemoryCatalogueStore } from '../store/memory-catalogue-store.js';
import { createMemoryUserStore } from '../store/memory-user-store.js';
import { createContentId, createEntry } from '../test-kit/entries.js';
import { createFakeClock, type FakeClock } from '../test-kit/fake-clock.js';
import { createTestSession, type TestSession } from '../test-kit/test-session.js';
import { openNetwork, type Network } from './network.js';
import { pickSources } from './source-roster.js';
import { sourceTickMs } from './source-watches.js';

let network: Network;
let clock: FakeClock;
let ana: TestSession;
let rui: TestSession;
let eva: TestSession;
let contentId: ContentId;

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
  [ana, rui, eva] = [
    await createTestSession(network, 'Ana'),
    await createTestSession(network, 'Rui'),
    await createTestSession(network, 'Eva'),
  ];
  const entry = createEntry();
  contentId = entry.contentId;
  await ana.announce(entry);
});

const offer = ({ session }: TestSession, complete: boolean): void => {
  network.offer(session, [{ contentId, complete }]);
};
const shownTo = ({ session }: TestSession): [DeviceId, boolean][] =>
  network.sources.watch(session, contentId).map(({ deviceId, complete }) => [deviceId, complete]);
const sourcesShown = (): number | undefined => network.index.find(contentId)?.sources;

describe('T20: what a device offers without an entry', () => {
  it('is listed, complete ones first, until it is retracted', async () => {
    offer(rui, false);
    expect(shownTo(eva)).toEqual([
      [ana.session.deviceId, true],
      [rui.session.deviceId, false],
    ]);
    expect(shownTo(rui)).toEqual([[ana.session.deviceId, true]]);
    offer(rui, true);
    await network.index.settled();
    expect(shownTo(eva)).toContainEqual([rui.session.deviceId, true]);
    expect(sourcesShown()).toBe(2); // a part alone is no source of the list
    network.retract(rui.session, [contentId, createContentId()]);
    await network.index.settled();
    expect(shownTo(eva)).toEqual([[ana.session.deviceId, true]]);
    expect(sourcesShown()).toBe(1);
  });

  it('ends with the session, and not with one that another took the place of', async () => {
    offer(rui, true);
    const again: TestSession['session'] = { ...rui.session };
    network.presence.open(again);
    network.offer(again, [{ contentId, complete: true }]);
    network.closeSession(rui.session);
    await network.index.settled();
    expect(shownTo(eva)).toContainEqual([rui.session.deviceId, true]);
    network.closeSession(again);
    await network.index.settled();
    expect(shownTo(eva)).toEqual([[ana.session.deviceId, true]]);
    expect(sourcesShown()).toBe(1);
  });

  it('keeps a content fetchable while its owner is away', async () => {
    offer(rui, true);
    ana.leave();
    await network.index.settled();
    expect(shownTo(eva)).toEqual([[rui.session.deviceId, true]]);
    expect(sourcesShown()).toBe(1);
  });

  it('T21: has a limit, and what is above it is refused as a whole', () => {
    const offers = Array.from({ length: maxOffersPerDevice }, () => ({ contentId: createContentId(), complete: true }));
    network.offer(rui.session, offers);
    network.offer(rui.session, offers.slice(0, 10));
    expect(() => {
      offer(rui, true);
    }).toThrow('too-large');
    network.retract(rui.session, [offers[0]?.contentId ?? contentId]);
    offer(rui, true);
    expect(shownTo(eva)).toHaveLength(2);
  });

  it('T22: is pushed to those whose list it changes, once', () => {
    shownTo(eva);
    offer(rui, false);
    offer(rui, true);
    clock.advance(sourceTickMs);
    expect(eva.take('sources:changed').map(({ sources }) => sources.map(({ complete }) => complete))).toEqual([
      [true, true],
    ]);
    offer(rui, true);
    clock.advance(10 * sourceTickMs);
    expect(eva.take('sources:changed')).toEqual([]);
    network.presence.setAddresses(rui.session, [{ host: '127.0.0.1', port: 4100 }]);
    clock.advance(10 * sourceTickMs);
    expect(eva.take('sources:changed')).toHaveLength(1);
  });
});

describe('T22: who is shown, when there are more than fit', () => {
  const createIds = (count: number, seed: string): DeviceId[] =>
    Array.from({ length: count }, (_, index) =>
      deviceIdSchema.parse(
        toBase32(
          createHash('sha256')
            .update(`${seed} ${String(index)}`)
            .digest(),
        ),
      ),
    ).sort();

  it('those that have all come first', () => {
    const roster = { complete: createIds(3, 'complete'), partial: createIds(1000, 'partial') };
    const shown = pickSources(roster, roster.partial[7] as DeviceId, maxSourcesShown);
    expect(shown).toHaveLength(maxSourcesShown);
    expect(shown.slice(0, 3)).toEqual(roster.complete);
    expect(new Set(shown).size).toBe(maxSourcesShown);
    expect(shown).not.toContain(roster.partial[7]);
  });

  it('each of a thousand is shown to about as many as any other, and two watchers are shown others', () => {
    const partial = createIds(1000, 'partial');
    const times = new Map<DeviceId, number>();
    for (const watcher of partial) {
      for (const shown of pickSources({ complete: [], partial }, watcher, maxSourcesShown)) {
        times.set(shown, (times.get(shown) ?? 0) + 1);
      }
    }
    expect(times.size).toBe(1000);
    expect(Math.max(...times.values())).toBeLessThan(4 * maxSourcesShown);
  });

  it('one that joins changes the list of few', () => {
    const [joined, ...partial] = createIds(1001, 'partial').reverse() as [DeviceId, ...DeviceId[]];
    partial.reverse();
    const lists = (ring: readonly DeviceId[]) =>
      partial.map((watcher) => pickSources({ complete: [], partial: ring }, watcher, maxSourcesShown).join());
    const [before, after] = [lists(partial), lists([...partial, joined])];
    expect(after.filter((list, index) => list !== before[index]).length).toBeLessThan(150);
  });
});
