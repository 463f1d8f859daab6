import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LimitsStatus } from '@enxame/shared/engine/limits';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeTimers, type FakeTimers } from '../library/testing/fake-timers.js';
import { openLimits, type LimitsStore } from './limits-store.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const nothing = { send: null, receive: null };
const slow = { send: 50_000, receive: null };
/** A Monday, 08:59:30. */
const monday = Date.UTC(2024, 0, 1, 8, 59, 30);

let folder: string;
let timers: FakeTimers;
let told: LimitsStatus[];
let store: LimitsStore;

const open = (): Promise<LimitsStore> =>
  openLimits(folder, {
    onBroken: (notice) => { throw notice; }, // prettier-ignore
    onChange: (status) => told.push(status),
    timers,
    toWallClock: (time) => {
      const date = new Date(time);
      return { day: date.getUTCDay(), minute: date.getUTCHours() * 60 + date.getUTCMinutes() };
    },
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-limits-'));
  timers = createFakeTimers(monday);
  told = [];
  store = await open();
});
afterEach(async () => {
  store.close();
  await rm(folder, { recursive: true });
});

const worktime = { days: [1, 2, 3, 4, 5], fromMinute: 9 * 60, toMinute: 17 * 60, limits: slow };

describe('the limits of this computer', () => {
  it('limit nothing at first, and wake nobody', () => {
    expect(told).toMatchObject([{ inForce: nothing, changesAt: null, limits: { uploadSlots: 10, downloadSlots: 4 } }]);
    expect(timers.waiting).toBe(0);
  });

  it('are kept, and count from then on', async () => {
    const status = await store.update({ always: slow, uploadSlots: 2 });
    expect(status).toMatchObject({ inForce: slow, limits: { always: slow, uploadSlots: 2, downloadSlots: 4 } });
    store.close();
    store = await open();
    expect(store.status).toEqual(status);
    expect(told.at(-1)).toEqual(status);
  });

  it('change at the minute that the schedule says', async () => {
    await store.update({ schedule: [worktime] });
    expect(store.status).toMatchObject({ inForce: nothing, changesAt: monday + minuteMs / 2 });
    told = [];
    timers.advance(minuteMs / 2);
    expect(told).toMatchObject([{ inForce: slow, changesAt: monday + minuteMs / 2 + 8 * hourMs }]);
    timers.advance(8 * hourMs - 1);
    expect(told).toHaveLength(1);
    timers.advance(1);
    expect(told.at(-1)).toMatchObject({ inForce: nothing });
    await store.update({ schedule: [] });
    expect(timers.waiting).toBe(0);
  });

  it('set aside a document that is none, and say so', async () => {
    await writeFile(join(folder, 'limits.json'), '{"always":{"send":1}}');
    const notices: string[] = [];
    const onBroken = ({ code }: { code: string }): void => void notices.push(code);
    store = await openLimits(folder, { onBroken, onChange: () => undefined, timers });
    expect([notices, store.status.inForce]).toEqual([['document-broken'], nothing]);
    expect((await readdir(folder)).some((name) => name.startsWith('limits.json.broken-'))).toBe(true);
  });
});
