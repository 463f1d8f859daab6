import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { describe, expect, it } from 'vitest';
import { createFakeTimers } from '../library/testing/fake-timers.js';
import { createSlots } from '../waiting/slots.js';
import { createClockWatch } from './clock-watch.js';
import { createHaveRhythm } from './have-rhythm.js';
import { createNap } from './nap.js';
import { createPace } from './pace.js';
import { createBufferBudget } from './piece-buffers.js';
import { piecesPerRun } from './run-size.js';
import { createSharedTurn } from './shared-turn.js';
import { toQueueWait } from './source-queue.js';

const mib = 1024 * 1024;
const never = new AbortController().signal;

describe('P20: how much one request asks', () => {
  const ask = (change: Partial<Parameters<typeof piecesPerRun>[0]>) =>
    piecesPerRun({
      bytesPerSecond: undefined,
      pieceBytes: mib,
      isShared: false,
      freePieces: 1000,
      sources: 1,
      ...change,
    });
  it.each([
    ['of one that nobody knows', {}, 4],
    ['of a fast one: no more than 256 MiB', { bytesPerSecond: 500 * mib }, 256],
    ['four seconds of its work', { bytesPerSecond: 3 * mib }, 12],
    ['one second, where others fetch too', { bytesPerSecond: 3 * mib, isShared: true }, 3],
    ['of a slow one: one piece', { bytesPerSecond: 1000 }, 1],
    ['at least a megabyte of small pieces', { bytesPerSecond: 1000, pieceBytes: mib / 4 }, 4],
    ['of several: half its share of the rest', { bytesPerSecond: 500 * mib, sources: 4, freePieces: 80 }, 10],
  ] as const)('%s', (_, change, pieces) => {
    expect(ask(change)).toBe(pieces);
  });
});

describe('P25: buffers out of one budget', () => {
  it('who finds no room waits, in the order in which they came, and nobody waits for ever', async () => {
    const budget = createBufferBudget(4 * mib);
    const [one, two, three] = [budget.lend(mib), budget.lend(mib), budget.lend(mib)];
    await one.reserve(never);
    await two.reserve(never);
    let isThere = false;
    const waiting = three.reserve(never).then(() => (isThere = true));
    await Promise.resolve();
    expect([isThere, budget.usedBytes]).toEqual([false, 4 * mib]);
    expect(one.hasFree).toBe(true); // its own two
    const [first, second] = [one.take(), one.take()];
    expect(one.hasFree).toBe(false);
    one.giveBack(first);
    one.giveBack(second);
    one.rest();
    await waiting;
    expect(budget.usedBytes).toBe(4 * mib);
    for (const loan of [one, two, three]) loan.close();
    expect(budget.usedBytes).toBe(0);
  });

  it('a piece larger than the budget is fetched all the same, alone', async () => {
    const budget = createBufferBudget(mib);
    const loan = budget.lend(16 * mib);
    await loan.reserve(never);
    const abort = new AbortController();
    const waiting = budget.lend(mib).reserve(abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    loan.close();
    expect(budget.usedBytes).toBe(0);
  });
});

describe('the pace of a source', () => {
  it('is unknown at first, counts from the first byte, and is nothing when nothing came for three seconds', () => {
    const timers = createFakeTimers();
    const pace = createPace(timers.now);
    expect(pace.expected()).toBeUndefined();
    pace.begin();
    timers.advance(500); // the way there
    pace.add(1000);
    timers.advance(100);
    pace.add(1000);
    pace.end();
    expect(pace.expected()).toBe(20_000);
    pace.begin();
    timers.advance(2999);
    expect(pace.expected()).toBeGreaterThanOrEqual(0);
    timers.advance(1);
    expect(pace.expected()).toBe(0);
  });
});

describe('P16: how often a source is asked what it has', () => {
  it('soon while it gets more, ever more rarely while it does not', () => {
    const timers = createFakeTimers();
    const rhythm = createHaveRhythm(timers.now);
    expect(rhythm.isDue(mib)).toBe(true);
    rhythm.told(Uint8Array.of(1));
    expect([rhythm.isDue(mib), rhythm.nextMs()]).toEqual([false, 500]);
    for (const wait of [750, 1125]) {
      timers.advance(rhythm.nextMs());
      expect(rhythm.isDue(mib)).toBe(true);
      rhythm.told(Uint8Array.of(1));
      expect(rhythm.nextMs()).toBe(wait);
    }
    for (let turn = 0; turn < 20; turn++) rhythm.told(Uint8Array.of(1));
    expect(rhythm.nextMs()).toBe(5000);
    timers.advance(500);
    rhythm.told(Uint8Array.of(3));
    expect(rhythm.nextMs()).toBe(500);
    timers.advance(600);
    expect([rhythm.isDue(mib), rhythm.isDue(mib, true)]).toEqual([true, false]);
  });

  it('for very many pieces: no more than the line can bear', () => {
    const timers = createFakeTimers();
    const rhythm = createHaveRhythm(timers.now);
    rhythm.told(Uint8Array.of(1));
    timers.advance(5000);
    expect(rhythm.isDue(2 ** 44)).toBe(false);
    timers.advance(3000);
    expect(rhythm.isDue(2 ** 44)).toBe(true);
  });
});

describe('P14 and P24: waiting', () => {
  it('a nap ends for what concerns it, and nothing that came before it is lost', async () => {
    const timers = createFakeTimers();
    const nap = createNap(timers);
    nap.wake('work');
    await nap.sleep(1000, 'work');
    let ended = false;
    const waiting = nap.sleep(1000, 'retry').then(() => (ended = true));
    nap.wake('work');
    await Promise.resolve();
    expect(ended).toBe(false);
    nap.wake('retry');
    await waiting;
    expect(timers.waiting).toBe(0);
  });

  it('a sleep of the computer is noticed, a busy second and a clock set back are not', () => {
    const timers = createFakeTimers();
    const clock = createClockWatch(timers.now, 1000);
    const passed = [1000, 9000, -3_600_000, 1000, 3_600_000].map((ms) => {
      timers.advance(ms);
      return clock.hasJumped();
    });
    expect(passed).toEqual([false, false, false, false, true]);
  });

  it('a queue that says when to come back is asked again in time; one that does not, after three seconds', () => {
    const busy = new EnxameError('source-busy', { position: 2, startsInSeconds: 9, retryAfterMs: 5000 });
    const place = { position: 2, startsInSeconds: 9 };
    expect(toQueueWait(busy, () => 1)).toEqual({ place, retryMs: 5000 });
    expect(toQueueWait(busy, () => 0)).toEqual({ place, retryMs: 4000 });
    expect(toQueueWait(new EnxameError('source-busy', { position: 'x' }), () => 0)).toEqual({
      place: null,
      retryMs: 3000,
    });
  });

  it('all sources of a download have one turn among the downloads', async () => {
    const slots = createSlots(1);
    const [one, other] = [createSharedTurn(slots), createSharedTurn(slots)];
    const [first, second] = [await one.take(never), await one.take(never)];
    let hasOther = false;
    const waiting = other.take(never).then((leave) => {
      hasOther = true;
      return leave;
    });
    first();
    first();
    await Promise.resolve();
    expect(hasOther).toBe(false);
    second();
    (await waiting)();
    const abort = new AbortController();
    const held = await one.take(never);
    const cancelled = other.take(abort.signal);
    abort.abort();
    await expect(cancelled).rejects.toBeInstanceOf(Error);
    held();
    (await other.take(never))();
  });
});
