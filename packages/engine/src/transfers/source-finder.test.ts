import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TrackerId } from '@enxame/shared/ids';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createFakeSourceTracker } from '../testing/fake-source-tracker.js';
import { createTestContent } from '../testing/test-content.js';
import { createCondition } from '../testing/until.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';
import { createSourceFinder } from './source-finder.js';

const { contentId } = createTestContent(1);
let ana: TestDevice;
let rui: TestDevice;

beforeAll(async () => {
  [ana, rui] = await Promise.all([createTestDevice(), createTestDevice('Rui')]);
});

function create(known: ReturnType<TestDevice['source']>[] = []) {
  const tracker = createFakeSourceTracker(contentId, ...known);
  const checkKey = vi.fn((_: TrackerId, name: string) => Promise.resolve(name !== 'Mallory'));
  const told = createCondition();
  const onChange = vi.fn(told.changed);
  const changes = (count: number): Promise<void> => told.until(() => onChange.mock.calls.length >= count);
  const deps = { link: tracker.link, trackerId: () => 'a'.repeat(52) as TrackerId, checkKey };
  const finder = createSourceFinder(contentId, deps, onChange);
  return { tracker, checkKey, onChange, changes, finder };
}

describe('finding sources', () => {
  it('tells sources and a ticket as soon as the tracker does', async () => {
    const { finder, changes } = create([ana.source(1)]);
    await changes(1);
    expect(finder.sources).toEqual([ana.source(1)]);
    expect(finder.authority).toEqual({ ticket: 'ticket-1' });
  });

  it('wakes nobody with what is as it was: an answer to a refresh must not end the wait after it', async () => {
    const { tracker, finder, onChange, changes } = create([ana.source(1)]);
    await changes(1);
    const before = finder.sources;
    tracker.ticket = 'ticket-2';
    await finder.refresh();
    await finder.refresh();
    expect(finder.authority).toEqual({ ticket: 'ticket-2' });
    expect(finder.sources).toBe(before);
    expect(onChange).toHaveBeenCalledOnce();
    tracker.failure = new EnxameError('content-not-found');
    for (let tries = 0; tries < 3; tries++) await expect(finder.refresh()).rejects.toThrow('content-not-found');
    expect(finder.error).toEqual({ code: 'content-not-found' });
    expect(onChange).toHaveBeenCalledTimes(2);
    tracker.failure = undefined;
    await finder.refresh();
    expect(finder.error).toBeUndefined();
    expect(onChange).toHaveBeenCalledTimes(3);
  });

  it('leaves out a device that its user did not sign, and a name whose key changed', async () => {
    const forged = { ...ana.source(1), grant: rui.source(1).grant };
    const broken = { ...ana.source(1), grant: { ...ana.source(1).grant, deviceName: 'another computer' } };
    const mallory = { ...ana.source(1), userName: 'Mallory' };
    const { finder, changes } = create([forged, broken, mallory, rui.source(2)]);
    await changes(1);
    expect(finder.sources).toEqual([rui.source(2)]);
  });

  it('lets the newest word win, though an older one takes longer to check', async () => {
    const { tracker, finder, changes, checkKey } = create([]);
    await changes(1);
    let finish: (isSame: boolean) => void = () => undefined;
    checkKey.mockImplementationOnce(() => new Promise((resolve) => (finish = resolve)));
    tracker.setSources(ana.source(1));
    tracker.setSources(rui.source(2));
    await changes(2);
    finish(true);
    await finder.refresh();
    expect(finder.sources).toEqual([rui.source(2)]);
  });

  it('keeps what it knew while there is no tracker, and says when keys cannot be kept', async () => {
    const { tracker, finder, changes, checkKey } = create([ana.source(1)]);
    await changes(1);
    tracker.end();
    await expect(finder.refresh()).rejects.toThrow('tracker-offline');
    expect(finder.sources).toEqual([ana.source(1)]);
    tracker.open();
    await finder.refresh();
    checkKey.mockRejectedValueOnce(new EnxameError('disk-full'));
    tracker.setSources(rui.source(3));
    await changes(2);
    expect(finder.error).toEqual({ code: 'disk-full' });
  });

  it('says nothing after it was closed', async () => {
    const { tracker, finder, onChange, changes } = create([]);
    await changes(1);
    finder.close();
    tracker.setSources(ana.source(1));
    expect(onChange).toHaveBeenCalledOnce();
    await Promise.resolve(); // the request leaves
    expect(tracker.unwatched).toBe(1);
  });
});
