import type { DeviceId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import { describe, expect, it } from 'vitest';
import { chooseSources, maxLinks, roomFor } from './source-choice.js';

const source = (id: number, complete: boolean): Source => ({
  deviceId: `d${String(id)}` as DeviceId,
  userName: 'Ana',
  grant: {} as Source['grant'],
  addresses: [],
  complete,
});

describe('P19: the sources of one content', () => {
  it('are worth a connection for every fourth piece, eight at least and 64 at most', () => {
    expect([undefined, 1, 32, 33, 10_000].map((left) => roomFor([], left, 0))).toEqual([8, 8, 8, 9, maxLinks]);
    expect(roomFor([], 1, 2)).toBe(10);
  });

  it('leave their place when they fail or have us wait, up to the most there may be', () => {
    expect(roomFor(['moving', 'idle', 'connecting'], 1, 0)).toBe(5);
    expect(roomFor(['failed', 'queued', 'queued'], 1, 0)).toBe(8);
    expect(
      roomFor(
        Array.from({ length: 60 }, () => 'queued' as const),
        1,
        0,
      ),
    ).toBe(4);
    expect(
      roomFor(
        Array.from({ length: 9 }, () => 'moving' as const),
        1,
        0,
      ),
    ).toBe(0);
  });

  it('are chosen by chance, those that have all of it first', () => {
    const sources = Array.from({ length: 20 }, (_, index) => source(index, index >= 18));
    let lots = 0;
    const chosen = chooseSources(sources, 4, () => ((lots += 7) % 10) / 10);
    expect(chosen.slice(0, 2).map(({ complete }) => complete)).toEqual([true, true]);
    expect(chosen.slice(2).map(({ deviceId }) => deviceId)).not.toEqual(['d0', 'd1']);
    expect(chosen).toHaveLength(4);
  });

  it('are all taken when there are few', () => {
    const sources = [source(1, false), source(2, true)];
    expect(chooseSources(sources, 2, () => 0)).toBe(sources);
  });
});
