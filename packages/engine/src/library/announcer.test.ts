import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBase32 } from '@enxame/shared/content/base32';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, EntryId, UserId } from '@enxame/shared/ids';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAnnouncer } from './announcer.js';
import { unsettledMs } from './untold-changes.js';
import type { ShareRecord } from './share-record.js';
import { openShares, type Shares } from './shares.js';
import { createFakeTimers, type FakeTimers } from './testing/fake-timers.js';
import { createFakeTracker, type FakeTracker } from './testing/fake-tracker-link.js';
import { createSilentLogger } from './testing/silent-logger.js';

let folder: string;
let shares: Shares;
let blocked: Set<UserId>;
let tracker: FakeTracker;
let timers: FakeTimers;
let announcer: { close(): void };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-announcer-'));
  blocked = new Set();
  const onBroken = (notice: Error): never => { throw notice; }; // prettier-ignore
  shares = await openShares(folder, onBroken, undefined, (userId) => blocked.has(userId));
  tracker = createFakeTracker();
  timers = createFakeTimers();
  announcer = createAnnouncer({ shares, link: tracker.link, timers, random: () => 1, logger: createSilentLogger() });
});
afterEach(async () => {
  announcer.close();
  tracker.end();
  await shares.close();
  await rm(folder, { recursive: true });
});

function record(name: string): ShareRecord {
  return {
    id: toBase32(randomBytes(16)) as EntryId,
    path: `/${name}`,
    name,
    size: 1,
    collection: null,
    chosen: null,
    audience: null,
    mtimeMs: 1,
    contentId: toBase32(randomBytes(32)) as ContentId,
    sha256: null,
    addedAt: 1,
  };
}

async function put(name: string): Promise<ShareRecord> {
  const made = record(name);
  await shares.put(made);
  return made;
}

/** Moves time on, in steps that let requests be answered, until the condition holds. */
async function settle(condition: () => boolean): Promise<void> {
  for (let step = 0; !condition(); step++) {
    if (step > 10_000) throw new Error('it never came to that');
    timers.advance(10);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const requests = (name: string): number => tracker.asked.filter((asked) => asked.name === name).length;
const names = (): string[] => [...tracker.entries.values()].map((entry) => entry.name).sort();

/** The tracker has what is shared, and both know it. */
function isEqual(): boolean {
  const shared = [...shares.records()].filter(({ id }) => !shares.exception(id));
  return (
    shared.length === tracker.entries.size &&
    shared.every(({ id, sha256 }) => shares.isAnnounced(id) && tracker.entries.get(id)?.sha256 === sha256)
  );
}

describe('announcer', () => {
  it('waits without a session, then tells everything in full batches', async () => {
    for (let index = 0; index < 1200; index++) void shares.put(record(String(index)));
    await put('last');
    expect(tracker.asked).toEqual([]);
    tracker.open();
    await settle(isEqual);
    expect(tracker.asked.map(({ name, count }) => `${name} ${String(count)}`)).toEqual([
      'entries:compare 0',
      'entries:announce 500',
      'entries:announce 500',
      'entries:announce 201',
    ]);
  });

  it('sends nothing after a reconnect when nothing changed, and else only the differences', async () => {
    const [a, b] = [await put('a'), await put('b')];
    tracker.open();
    await settle(isEqual);
    tracker.end();
    tracker.open();
    await settle(() => requests('entries:compare') === 2);
    await settle(isEqual);
    expect(requests('entries:announce')).toBe(1);

    tracker.end();
    await shares.delete(a.id);
    await shares.put({ ...b, sha256: 'a'.repeat(64) });
    await put('c');
    tracker.open();
    await settle(isEqual);
    expect(names()).toEqual(['b', 'c']);
    expect(tracker.asked.slice(-2)).toEqual([
      { name: 'entries:announce', count: 2 },
      { name: 'entries:withdraw', count: 1 },
    ]);
  });

  it('gathers changes that come close together', async () => {
    tracker.open();
    await settle(() => requests('entries:compare') === 1);
    for (let index = 0; index < 20; index++) void shares.put(record(String(index)));
    await settle(isEqual);
    expect(requests('entries:announce')).toBe(1);
  });

  it('tries again with growing waits while the session lives', async () => {
    tracker.open();
    await settle(() => requests('entries:compare') === 1);
    tracker.failures.push(new EnxameError('timed-out'), new EnxameError('rate-limited'), new TypeError('unknown'));
    const startedAt = timers.now();
    await put('stubborn');
    await settle(isEqual);
    // 500 + 1,000 + 2,000 ms with this randomness, and the gathering before each try.
    expect(timers.now() - startedAt).toBeGreaterThanOrEqual(3500);
    expect(timers.now() - startedAt).toBeLessThan(6000);
  });

  it('shows what the tracker refuses as the error of the share, until a new session or a change', async () => {
    tracker.refused.set('odd', new EnxameError('catalogue-full'));
    tracker.open();
    const odd = await put('odd');
    await put('even');
    await settle(() => Boolean(shares.view(odd.id)?.error));
    expect(shares.view(odd.id)).toMatchObject({ state: 'shared', announced: false, error: { code: 'catalogue-full' } });
    expect(names()).toEqual(['even']);
    tracker.refused.clear();
    tracker.end();
    tracker.open();
    await settle(() => shares.isAnnounced(odd.id));
    expect(shares.view(odd.id)).toMatchObject({ announced: true, error: null });
  });

  it('keeps the entry of a file that is read again for a moment, and withdraws it when that takes longer', async () => {
    const { id } = await put('saved');
    tracker.open();
    await settle(isEqual);
    shares.setException(id, { state: 'hashing', bytesHashed: 0 });
    const startedAt = timers.now();
    await settle(() => timers.now() >= startedAt + unsettledMs - 20);
    expect(names()).toEqual(['saved']);
    shares.setException(id, undefined);
    await settle(() => timers.now() >= startedAt + 3 * unsettledMs);
    expect(requests('entries:withdraw')).toBe(0);

    shares.setException(id, { state: 'hashing', bytesHashed: 0 });
    await settle(() => tracker.entries.size === 0 && !shares.isAnnounced(id));
    shares.setException(id, undefined);
    await settle(isEqual);
  });

  it('I15: who is blocked is left out of those for whom a share is, and may know of it again when let in', async () => {
    const [bia, rui] = ['b', 'r'].map((letter) => letter.repeat(51).concat('a') as UserId) as [UserId, UserId];
    const shared = record('for two');
    await shares.put({ ...shared, audience: [bia, rui] });
    await put('for all');
    const told = (): readonly UserId[] | undefined => tracker.entries.get(shared.id)?.audience;
    tracker.open();
    await settle(isEqual);
    expect(told()).toEqual([bia, rui]);
    const before = requests('entries:announce');
    blocked.add(rui);
    shares.blockedChanged();
    await settle(isEqual);
    expect([told(), requests('entries:announce')]).toEqual([[bia], before + 1]);
    blocked.add(bia);
    shares.blockedChanged();
    await settle(isEqual);
    expect(told()).toEqual([]);
    blocked.clear();
    shares.blockedChanged();
    await settle(isEqual);
    expect(told()).toEqual([bia, rui]);
    // While the tracker was away.
    tracker.end();
    blocked.add(rui);
    shares.blockedChanged();
    tracker.open();
    await settle(isEqual);
    expect(told()).toEqual([bia]);
  });

  it('I15: who is blocked while an announcement is on the way is left out of the next', async () => {
    const rui = 'r'.repeat(51).concat('a') as UserId;
    const shared = record('for one');
    await shares.put({ ...shared, audience: [rui] });
    tracker.open();
    await settle(() => tracker.entries.has(shared.id));
    blocked.add(rui);
    shares.blockedChanged();
    await settle(() => tracker.entries.get(shared.id)?.audience?.length === 0);
    await settle(isEqual);
  });

  it('withdraws an entry that was removed while its announcement was on the way', async () => {
    tracker.open();
    await settle(() => requests('entries:compare') === 1);
    const { id } = await put('fleeting');
    await settle(() => tracker.entries.has(id));
    await shares.delete(id);
    await settle(() => tracker.entries.size === 0);
  });

  it('ends up equal after any sequence of changes, failures and reconnects', async () => {
    const step = fc.constantFrom('add', 'remove', 'sum', 'break', 'mend', 'hash', 'fail', 'end', 'open', 'time');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.infiniteStream(fc.nat()), async (steps, numbers) => {
        const pick = (): ShareRecord | undefined => {
          const all = [...shares.records()];
          return all[Number(numbers.next().value) % Math.max(1, all.length)];
        };
        const actions: Record<string, () => void> = {
          add: () => void shares.put(record('x')),
          remove: () => {
            const chosen = pick();
            if (chosen) void shares.delete(chosen.id);
          },
          sum: () => {
            const chosen = pick();
            if (chosen) void shares.put({ ...chosen, sha256: 'b'.repeat(64) });
          },
          break: () => {
            const chosen = pick();
            if (chosen) shares.setException(chosen.id, { state: 'broken', error: { code: 'file-vanished' } });
          },
          mend: () => {
            const chosen = pick();
            if (chosen) shares.setException(chosen.id, undefined);
          },
          hash: () => {
            const chosen = pick();
            if (chosen) shares.setException(chosen.id, { state: 'hashing', bytesHashed: 0 });
          },
          fail: () => tracker.failures.push(new EnxameError('timed-out')),
          end: () => {
            tracker.end();
          },
          open: () => {
            tracker.end();
            tracker.open();
          },
          time: () => {
            timers.advance(60);
          },
        };
        for (const name of steps) {
          actions[name]?.();
          if (Number(numbers.next().value) % 2) await new Promise((resolve) => setImmediate(resolve));
        }
        if (!tracker.link.session) tracker.open();
        await settle(isEqual);
      }),
      { numRuns: 60 },
    );
  });
});
