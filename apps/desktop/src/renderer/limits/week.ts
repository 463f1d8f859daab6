import { maxScheduleRules, type RateLimits, type ScheduleRule } from '@enxame/shared/engine/limits';

/** What counts in each hour of a week: `week[day][hour]`, day 0 is Sunday; null where the usual limits do. */
export type Week = readonly (readonly (RateLimits | null)[])[];

const days = [0, 1, 2, 3, 4, 5, 6] as const;
const hours = Array.from({ length: 24 }, (_, hour) => hour);

export const isSameLimits = (a: RateLimits | null, b: RateLimits | null): boolean =>
  a === b || (a !== null && b !== null && a.send === b.send && a.receive === b.receive);

/** A schedule as hours. What begins or ends within an hour counts in the whole of it. */
export function toWeek(schedule: readonly ScheduleRule[]): Week {
  return days.map((day) =>
    hours.map((hour) => schedule.find((rule) => isInForce(rule, day, hour * 60))?.limits ?? null),
  );
}

/** Whether a rule counts in any minute of the hour that begins here. */
function isInForce({ days: on, fromMinute, toMinute }: ScheduleRule, day: number, minute: number): boolean {
  const last = minute + 59;
  const yesterday = (day + 6) % 7;
  if (fromMinute < toMinute) return on.includes(day) && fromMinute <= last && minute < toMinute;
  return (on.includes(day) && fromMinute <= last) || (on.includes(yesterday) && minute < toMinute);
}

/** Whether hours tell all of it. */
export function isOnHours(schedule: readonly ScheduleRule[]): boolean {
  return schedule.every(({ fromMinute, toMinute }) => fromMinute % 60 === 0 && toMinute % 60 === 0);
}

/** The rules of painted hours: days with the same span share one. Null when they are more than a schedule can hold. */
export function fromWeek(week: Week): ScheduleRule[] | null {
  const rules: ScheduleRule[] = [];
  for (const [day, cells] of week.entries()) {
    for (const { fromMinute, toMinute, limits } of runsOf(cells)) {
      const same = rules.find(
        (rule) => rule.fromMinute === fromMinute && rule.toMinute === toMinute && isSameLimits(rule.limits, limits),
      );
      if (same) same.days.push(day);
      else rules.push({ days: [day], fromMinute, toMinute, limits });
    }
  }
  return rules.length > maxScheduleRules ? null : rules;
}

function runsOf(cells: readonly (RateLimits | null)[]): Omit<ScheduleRule, 'days'>[] {
  const runs: Omit<ScheduleRule, 'days'>[] = [];
  for (const [hour, limits] of cells.entries()) {
    const last = runs.at(-1);
    if (limits === null) continue;
    if (last && last.toMinute === hour * 60 && isSameLimits(last.limits, limits)) last.toMinute += 60;
    else runs.push({ fromMinute: hour * 60, toMinute: (hour + 1) * 60, limits });
  }
  return runs;
}

/** The week with some hours painted. */
export function paint(week: Week, at: readonly { day: number; hour: number }[], limits: RateLimits | null): Week {
  return week.map((cells, day) =>
    cells.map((cell, hour) => (at.some((one) => one.day === day && one.hour === hour) ? limits : cell)),
  );
}

/** The week with one kind of limits in the place of another. */
export function replaceLimits(week: Week, old: RateLimits, next: RateLimits): Week {
  return week.map((cells) => cells.map((cell) => (isSameLimits(cell, old) ? next : cell)));
}

/** The limits that most hours have; null in a week without any. */
export function commonest(week: Week): RateLimits | null {
  const counts: { limits: RateLimits; count: number }[] = [];
  for (const cell of week.flat()) {
    if (cell === null) continue;
    const known = counts.find(({ limits }) => isSameLimits(limits, cell));
    if (known) known.count++;
    else counts.push({ limits: cell, count: 1 });
  }
  return counts.sort((a, b) => b.count - a.count)[0]?.limits ?? null;
}
