import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { describe, expect, it } from 'vitest';
import { createFakeTimers } from '../library/testing/fake-timers.js';
import { createSilentLogger } from '../library/testing/silent-logger.js';
import type { TrackerLink, TrackerSession } from '../tracker/tracker-session.js';
import { createSourceOffers, type HeldState } from './source-offers.js';

const a = 'a'.repeat(52) as ContentId;
const b = 'b'.repeat(51).concat('a') as ContentId;

/** A tracker that writes down what it is told, in sessions that the test opens. */
function create(states: Map<ContentId, HeldState>) {
  const timers = createFakeTimers();
  const told: string[] = [];
  let failure: EnxameError | undefined;
  let open: (session: TrackerSession) => void = () => undefined;
  const link: TrackerLink = {
    session: undefined,
    onSession: (listener) => {
      open = listener;
      return () => undefined;
    },
    onPush: () => () => undefined,
  };
  const offers = createSourceOffers({
    link,
    timers,
    stateOf: (contentId) => states.get(contentId),
    all: () => states.keys(),
    logger: createSilentLogger(),
  });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    told,
    offers,
    fail: (error: EnxameError | undefined) => (failure = error),
    openSession: () => {
      const ended = new AbortController();
      open({
        ended: ended.signal,
        request: async (name, payload) => {
          await Promise.resolve();
          if (failure) throw failure;
          told.push(`${name} ${JSON.stringify(payload)}`);
          return {} as never;
        },
      });
      return ended;
    },
    pass: async (ms = 10_000) => {
      timers.advance(ms);
      await settle();
    },
  };
}

const offered = (...offers: readonly [ContentId, boolean][]): string =>
  `sources:offer ${JSON.stringify({ offers: offers.map(([contentId, complete]) => ({ contentId, complete })) })}`;

describe('T20: what this device offers', () => {
  it('is told in each session, then only what changed, once', async () => {
    const states = new Map<ContentId, HeldState>([[a, 'part']]);
    const tracker = create(states);
    await tracker.pass();
    tracker.openSession();
    await tracker.pass();
    expect(tracker.told.splice(0)).toEqual([offered([a, false])]);
    states.set(a, 'complete').set(b, 'part');
    for (const contentId of [a, b, a]) tracker.offers.changed(contentId);
    await tracker.pass();
    expect(tracker.told.splice(0)).toEqual([offered([a, true], [b, false])]);
    tracker.offers.changed(a);
    await tracker.pass();
    expect(tracker.told).toEqual([]);
    states.delete(b);
    tracker.offers.changed(b);
    await tracker.pass();
    expect(tracker.told.splice(0)).toEqual([`sources:retract ${JSON.stringify({ contentIds: [b] })}`]);
    tracker.openSession();
    await tracker.pass();
    expect(tracker.told).toEqual([offered([a, true])]);
  });

  it('is told later by a tracker that is busy, and never to one that does not know offers', async () => {
    const states = new Map<ContentId, HeldState>([[a, 'complete']]);
    const tracker = create(states);
    tracker.fail(new EnxameError('rate-limited'));
    tracker.openSession();
    await tracker.pass();
    tracker.fail(undefined);
    await tracker.pass();
    expect(tracker.told.splice(0)).toEqual([offered([a, true])]);
    tracker.fail(new EnxameError('not-supported'));
    states.set(b, 'part');
    tracker.offers.changed(b);
    await tracker.pass();
    tracker.fail(undefined);
    await tracker.pass();
    expect(tracker.told).toEqual([]);
    tracker.offers.close();
    tracker.offers.changed(b);
    await tracker.pass();
    expect(tracker.told).toEqual([]);
  });
});
