import type { Limits, RateLimits, ScheduleRule } from '@enxame/shared/engine/limits';

/** What the clock on the wall says: 0 is Sunday, minutes since midnight. */
export interface WallClock {
  readonly day: number;
  readonly minute: number;
}

/** Milliseconds since 1970 as the clock on the wall here shows them. */
export type ToWallClock = (time: number) => WallClock;

const minuteMs = 60_000;
/** A week, and the hour that the change to winter time adds. */
const maxMinutesAhead = 7 * 24 * 60 + 120;

export const toLocalWallClock: ToWallClock = (time) => {
  const date = new Date(time);
  return { day: date.getDay(), minute: date.getHours() * 60 + date.getMinutes() };
};

/** The rates that count at this moment: those of the first rule in force, else `always`. */
export function ratesAt({ always, schedule }: Pick<Limits, 'always' | 'schedule'>, at: WallClock): RateLimits {
  return schedule.find((rule) => isInForce(rule, at))?.limits ?? always;
}

/**
 * When other rates count than now, milliseconds since 1970; null when that never happens. Goes by the clock on the wall,
 * minute by minute, so the hours that a change of the clocks leaves out or repeats come out as that clock shows them.
 */
export function nextChangeAt(
  limits: Pick<Limits, 'always' | 'schedule'>,
  now: number,
  toWallClock: ToWallClock,
): number | null {
  if (limits.schedule.length === 0) return null;
  const current = ratesAt(limits, toWallClock(now));
  const first = (Math.floor(now / minuteMs) + 1) * minuteMs;
  for (let minute = 0; minute < maxMinutesAhead; minute++) {
    const time = first + minute * minuteMs;
    if (!isSameRates(ratesAt(limits, toWallClock(time)), current)) return time;
  }
  return null;
}

export function isSameRates(a: RateLimits, b: RateLimits): boolean {
  return a.send === b.send && a.receive === b.receive;
}

function isInForce({ days, fromMinute, toMinute }: ScheduleRule, { day, minute }: WallClock): boolean {
  if (fromMinute < toMinute) return days.includes(day) && minute >= fromMinute && minute < toMinute;
  // Over midnight; the same minute twice is a whole day.
  const yesterday = (day + 6) % 7;
  return (days.includes(day) && minute >= fromMinute) || (days.includes(yesterday) && minute < toMinute);
}
