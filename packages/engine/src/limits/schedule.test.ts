import type { Limits, ScheduleRule } from '@enxame/shared/engine/limits';
import { describe, expect, it } from 'vitest';
import { nextChangeAt, ratesAt, type ToWallClock } from './schedule.js';

const always = { send: null, receive: null };
const slow = { send: 1_000_000, receive: 2_000_000 };
const hour = 60;
const hourMs = 3_600_000;
const workdays = [1, 2, 3, 4, 5];

const limitsOf = (...rules: Partial<ScheduleRule>[]): Pick<Limits, 'always' | 'schedule'> => ({
  always,
  schedule: rules.map((rule) => ({ days: workdays, fromMinute: 9 * hour, toMinute: 17 * hour, limits: slow, ...rule })),
});

/** 2024-03-31 00:00 UTC was a Sunday; Lisbon went from 01:00 to 02:00, and on 2024-10-27 from 02:00 to 01:00. */
const springSunday = Date.UTC(2024, 2, 31);
const autumnSunday = Date.UTC(2024, 9, 27);
const lisbon: ToWallClock = (time) => {
  const isSummer = time >= springSunday + hourMs && time < autumnSunday + hourMs;
  const date = new Date(time + (isSummer ? hourMs : 0));
  return { day: date.getUTCDay(), minute: date.getUTCHours() * 60 + date.getUTCMinutes() };
};
const utc: ToWallClock = (time) => {
  const date = new Date(time);
  return { day: date.getUTCDay(), minute: date.getUTCHours() * 60 + date.getUTCMinutes() };
};

describe('the weekly schedule', () => {
  it.each([
    ['Monday 08:59', 1, 8 * hour + 59, always],
    ['Monday 09:00', 1, 9 * hour, slow],
    ['Friday 16:59', 5, 17 * hour - 1, slow],
    ['Friday 17:00', 5, 17 * hour, always],
    ['Saturday noon', 6, 12 * hour, always],
  ])('says what counts on %s', (_, day, minute, rates) => {
    expect(ratesAt(limitsOf({}), { day, minute })).toEqual(rates);
  });

  it('goes over midnight, and from Saturday into Sunday', () => {
    const night = limitsOf({ days: [6], fromMinute: 23 * hour, toMinute: 6 * hour });
    expect(ratesAt(night, { day: 6, minute: 5 * hour })).toEqual(always);
    expect(ratesAt(night, { day: 6, minute: 23 * hour })).toEqual(slow);
    expect(ratesAt(night, { day: 0, minute: 6 * hour - 1 })).toEqual(slow);
    expect(ratesAt(night, { day: 0, minute: 6 * hour })).toEqual(always);
  });

  it('takes the same minute twice for a whole day, and 1440 for its end', () => {
    const day = limitsOf({ days: [2], fromMinute: 12 * hour, toMinute: 12 * hour });
    expect(ratesAt(day, { day: 2, minute: 12 * hour - 1 })).toEqual(always);
    expect(ratesAt(day, { day: 3, minute: 12 * hour - 1 })).toEqual(slow);
    const untilMidnight = limitsOf({ days: [2], fromMinute: 0, toMinute: 1440 });
    expect(ratesAt(untilMidnight, { day: 2, minute: 1439 })).toEqual(slow);
    expect(ratesAt(untilMidnight, { day: 3, minute: 0 })).toEqual(always);
  });

  it('the first rule in force counts', () => {
    const off = { limits: { send: 5000, receive: null }, days: [1], fromMinute: 12 * hour, toMinute: 13 * hour };
    expect(ratesAt(limitsOf(off, {}), { day: 1, minute: 12 * hour })).toEqual(off.limits);
    expect(ratesAt(limitsOf({}, off), { day: 1, minute: 12 * hour })).toEqual(slow);
  });

  it('knows when it changes next', () => {
    const monday = Date.UTC(2024, 0, 1);
    expect(nextChangeAt(limitsOf({}), monday, utc)).toBe(monday + 9 * hourMs);
    expect(nextChangeAt(limitsOf({}), monday + 9 * hourMs, utc)).toBe(monday + 17 * hourMs);
    expect(nextChangeAt(limitsOf({}), monday + 4 * 24 * hourMs + 17 * hourMs, utc)).toBe(
      monday + (7 * 24 + 9) * hourMs,
    );
    expect(nextChangeAt(limitsOf(), monday, utc)).toBeNull();
    const whole = limitsOf({ days: [0, 1, 2, 3, 4, 5, 6], fromMinute: 0, toMinute: 1440 });
    expect(nextChangeAt(whole, monday, utc)).toBeNull();
    expect(nextChangeAt(limitsOf({ days: [1], fromMinute: 0, toMinute: 1 }), monday + 60_000, utc)).toBe(
      monday + 7 * 24 * hourMs,
    );
  });

  it('goes by the clock on the wall when an hour is left out', () => {
    const early = limitsOf({ days: [0], fromMinute: 90, toMinute: 3 * hour });
    // 01:30 does not exist that night: it begins when the clock jumps from 01:00 to 02:00.
    expect(nextChangeAt(early, springSunday, lisbon)).toBe(springSunday + hourMs);
    expect(nextChangeAt(early, springSunday + hourMs, lisbon)).toBe(springSunday + 2 * hourMs);
  });

  it('goes by the clock on the wall when an hour comes twice', () => {
    const early = limitsOf({ days: [0], fromMinute: 0, toMinute: 90 });
    const saturday = autumnSunday - 24 * hourMs;
    const changes: number[] = [];
    for (let at = nextChangeAt(early, saturday, lisbon); at !== null && changes.length < 4;) {
      changes.push((at - autumnSunday) / hourMs);
      at = nextChangeAt(early, at, lisbon);
    }
    // Summer time is an hour ahead: 00:00 and 01:30 of it, then 01:00 and 01:30 again.
    expect(changes).toEqual([-1, 0.5, 1, 1.5]);
  });
});
