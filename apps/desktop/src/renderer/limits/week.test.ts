import type { ScheduleRule } from '@enxame/shared/engine/limits';
import { describe, expect, it } from 'vitest';
import { commonest, fromWeek, isOnHours, paint, replaceLimits, toWeek } from './week.js';

const slow = { send: 2_000_000, receive: 10_000_000 };
const slower = { send: 1_000_000, receive: null };
const hour = 60;
const work: ScheduleRule = { days: [1, 2, 3, 4, 5], fromMinute: 8 * hour, toMinute: 18 * hour, limits: slow };

describe('a schedule as hours of a week', () => {
  it('comes back as the rules that it was', () => {
    const sunday: ScheduleRule = { days: [0], fromMinute: 9 * hour, toMinute: 24 * hour, limits: slower };
    expect(fromWeek(toWeek([work, sunday]))).toEqual([sunday, work]);
    expect(fromWeek(toWeek([]))).toEqual([]);
  });

  it('goes over midnight, from Saturday into Sunday', () => {
    const week = toWeek([{ ...work, days: [6], fromMinute: 22 * hour, toMinute: 6 * hour }]);
    expect(week[6]?.indexOf(slow)).toBe(22);
    expect(week[0]?.lastIndexOf(slow)).toBe(5);
    expect(week.flat().filter((cell) => cell !== null)).toHaveLength(8);
  });

  it('takes the same minute twice for a whole day', () => {
    const week = toWeek([{ ...work, days: [2], fromMinute: 0, toMinute: 0 }]);
    expect(week.flat().filter((cell) => cell !== null)).toHaveLength(24);
  });

  it('the first rule in force counts', () => {
    const lunch: ScheduleRule = { ...work, fromMinute: 12 * hour, toMinute: 13 * hour, limits: slower };
    expect(toWeek([lunch, work])[1]?.slice(11, 14)).toEqual([slow, slower, slow]);
    expect(toWeek([work, lunch])[1]?.slice(11, 14)).toEqual([slow, slow, slow]);
  });

  it('counts an hour that is partly in force, and knows that this rounds', () => {
    const half: ScheduleRule = { ...work, days: [1], fromMinute: 8 * hour + 30, toMinute: 9 * hour + 15 };
    expect(isOnHours([work])).toBe(true);
    expect(isOnHours([work, half])).toBe(false);
    expect(toWeek([half])[1]?.slice(7, 11)).toEqual([null, slow, slow, null]);
  });

  it('refuses more rules than a schedule can hold', () => {
    const patchwork = toWeek([]).map((cells, day) =>
      cells.map((_, at) => (at % 2 === 0 ? { send: 2000 + day, receive: null } : null)),
    );
    expect(fromWeek(patchwork)).toBeNull();
  });
});

it('paints hours, and exchanges one kind of limits for another', () => {
  const week = paint(toWeek([work]), [{ day: 6, hour: 23 }], slower);
  expect(week[6]?.[23]).toEqual(slower);
  expect(commonest(week)).toEqual(slow);
  expect(commonest(replaceLimits(week, slow, slower))).toEqual(slower);
  expect(commonest(paint(toWeek([]), [], null))).toBeNull();
});
