import type { TransferId } from '@enxame/shared/ids';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDownloads, placeBefore } from './download-order.js';
import { createDownloadQueue } from './download-queue.js';

const never = new AbortController().signal;
const idOf = (name: string): TransferId => name as TransferId;

function create(count: number) {
  const settings = { count };
  const rank = new Map<string, number>();
  const secondsLeft = new Map<string, number | null>();
  const told: string[] = [];
  const queue = createDownloadQueue({
    count: () => settings.count,
    compare: (a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0),
    secondsLeft: (id) => secondsLeft.get(id) ?? null,
    onChange: (id) => told.push(id),
  });
  const started: string[] = [];
  const take = async (name: string): Promise<() => void> => {
    const giveBack = await queue.slotsOf(idOf(name)).take(never);
    started.push(name);
    return giveBack;
  };
  return { settings, queue, rank, secondsLeft, started, take, told };
}

describe('the queue of downloads', () => {
  it('lets the first in line go, however the line changed meanwhile', async () => {
    const { queue, rank, started, take } = create(1);
    const giveBack = await take('a');
    for (const [index, name] of ['b', 'c', 'd'].entries()) rank.set(name, index);
    const waiting = ['b', 'c', 'd'].map(take);
    expect(['b', 'c', 'd'].map((name) => queue.place(idOf(name))?.position)).toEqual([1, 2, 3]);
    rank.set('d', -1);
    queue.changed();
    expect(['b', 'c', 'd'].map((name) => queue.place(idOf(name))?.position)).toEqual([2, 3, 1]);
    giveBack();
    giveBack();
    for (const each of [waiting[2], waiting[0], waiting[1]]) (await each)?.();
    expect(started).toEqual(['a', 'd', 'b', 'c']);
  });

  it('more slots let more go at once, fewer take none away', async () => {
    const { settings, queue, started, take } = create(1);
    await take('a');
    const [second, third] = [take('b'), take('c')];
    settings.count = 3;
    queue.changed();
    (await second)();
    await third;
    settings.count = 1;
    queue.changed();
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('says when the next can start, as far as those that move can tell', async () => {
    const { queue, secondsLeft, take, rank } = create(2);
    await Promise.all([take('a'), take('b')]);
    secondsLeft.set('b', 30);
    for (const [index, name] of ['c', 'd'].entries()) {
      rank.set(name, index);
      void take(name);
    }
    expect(queue.place(idOf('c'))).toEqual({ position: 1, startsInSeconds: 30 });
    expect(queue.place(idOf('d'))).toEqual({ position: 2, startsInSeconds: null });
    expect(queue.place(idOf('a'))).toBeNull();
  });

  it('loses no slot to one that gives up', async () => {
    const { queue, take } = create(1);
    const giveBack = await take('a');
    const abort = new AbortController();
    const waiting = expect(queue.slotsOf(idOf('b')).take(abort.signal)).rejects.toThrow('cancelled');
    abort.abort();
    await waiting;
    await expect(queue.slotsOf(idOf('b')).take(abort.signal)).rejects.toThrow('cancelled');
    giveBack();
    await take('c');
  });
});

describe('the order of downloads', () => {
  const recordOf = (name: string, order = 0, priority: 'high' | 'normal' | 'low' = 'normal') => ({
    id: idOf(name),
    order,
    priority,
  });

  it('is by priority first', () => {
    const line = [recordOf('a', 1, 'low'), recordOf('b', 3), recordOf('c', 2), recordOf('d', 9, 'high')];
    expect(line.sort(compareDownloads).map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
  });

  it('is as the person moved them, however often', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(6)), { maxLength: 200 }), (moves) => {
        const records = new Map(['a', 'b', 'c', 'd', 'e', 'f'].map((name, index) => [name, recordOf(name, index)]));
        let expected = [...records.keys()];
        for (const [from, to] of moves) {
          const moved = expected[from] ?? '';
          const before = expected[to];
          if (moved === before) continue;
          const record = records.get(moved) ?? expect.fail();
          for (const [id, change] of placeBefore(records.values(), record, records.get(before ?? '') ?? null))
            records.set(id, { ...(records.get(id) ?? expect.fail()), ...change });
          expected = expected.filter((name) => name !== moved);
          expected.splice(before === undefined ? expected.length : expected.indexOf(before), 0, moved);
          expect([...records.values()].sort(compareDownloads).map(({ id }) => id)).toEqual(expected);
        }
      }),
    );
  });

  it('before one of another priority, it gets that priority', () => {
    const [low, high] = [recordOf('a', 0, 'low'), recordOf('b', 5, 'high')];
    expect(placeBefore([low, high], low, high)).toEqual(new Map([['a', { priority: 'high', order: 4 }]]));
  });
});
