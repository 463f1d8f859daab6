import { afterEach, beforeEach, expect, it } from 'vitest';
import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { defaultLimits } from './limits.js';
import { createEntry } from './test-kit/entries.js';
import { startTestTracker, type TestTracker } from './test-kit/test-tracker.js';

let net: TestTracker;
beforeEach(async () => {
  // A tenth of what is allowed otherwise: this is about who is served, not about how much a machine can do.
  const { enter, look } = defaultLimits.requestTokens;
  const requestTokens = { enter, look, change: { perSecond: 100, burst: 1200 } };
  net = await startTestTracker({ limits: { requestTokens } });
});
afterEach(() => net.close());

const whole = { query: {}, window: { offset: 0, limit: 50 } };

it('T73: a hundred thousand announcements without a pause cost who sends them, and not the others', async () => {
  const [flooder, other] = [await net.join('Flooder'), await net.join('Other')];
  const entries = Array.from({ length: 500 }, () => createEntry());
  const { contentId } = createEntry();
  let [taken, refused, retryAfterMs] = [0, 0, 0];
  const flood = Promise.all(
    Array.from({ length: 200 }, async (_, round) => {
      try {
        // Each time other names: all of it goes to disk and into the index.
        const renamed = entries.map((entry) => ({ ...entry, contentId, name: `${String(round)} ${entry.id}` }));
        await flooder.request('entries:announce', { entries: renamed });
        taken++;
      } catch (error) {
        if (!isErrorWithCode(error, 'rate-limited')) throw error;
        retryAfterMs = Math.max(retryAfterMs, Number(error.params?.['retryAfterMs']));
        refused++;
      }
    }),
  );
  const over = new AbortController();
  const watched = flood.finally(() => {
    over.abort();
  });
  let served = 0;
  do {
    await other.request('entries:announce', { entries: [createEntry({ name: `mine ${String(served)}` })] });
    expect((await other.request('catalogue:list', whole)).rows.length).toBeGreaterThan(0);
    served++;
  } while (!over.signal.aborted && served < 45);
  await watched;
  expect(taken + refused).toBe(200);
  expect(refused).toBeGreaterThan(150);
  expect(retryAfterMs).toBeGreaterThan(0);
  // Others were served while it went on, not after it.
  expect(served).toBeGreaterThan(3);
  await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
  await flooder.request('entries:announce', { entries: [createEntry()] });
});
