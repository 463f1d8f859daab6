import { minBytesPerSecond, type RateLimits, type ScheduleRule } from '@enxame/shared/engine/limits';
import { InvalidArgumentError } from 'commander';

const unitBytes: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
};
const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Bytes a second; commander takes null for a value that is missing. */
export type RateFlag = number | 'off';

/** "2MB/s", "500kB", "1.5MiB/s", "off". */
export function parseRate(text: string): RateFlag {
  if (text.toLowerCase() === 'off') return 'off';
  const [, count, unit = ''] = /^(\d{1,12}(?:\.\d{1,3})?)([kmg]?i?b)(?:\/s)?$/i.exec(text) ?? [];
  const bytes = Math.round(Number(count) * (unitBytes[unit.toLowerCase()] ?? NaN));
  if (count === undefined || !Number.isSafeInteger(bytes))
    throw new InvalidArgumentError('Write a rate like 2MB/s or 500kB/s, or off.');
  if (bytes < minBytesPerSecond)
    throw new InvalidArgumentError(`The lowest rate is ${String(minBytesPerSecond)} bytes a second.`);
  return bytes;
}

export const toRate = (flag: RateFlag): number | null => (flag === 'off' ? null : flag);

const hint = 'Write a rule like "mon-fri 09:00-17:30 send=500kB/s receive=off", or off.';

/** "mon-fri,sun 22:00-06:00 send=1MB/s": what is not named is not limited then. */
export function parseRule(text: string): ScheduleRule {
  const [days = '', times = '', ...rates] = text.trim().split(/\s+/);
  const [, fromHour, fromMinute, toHour, toMinute] = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/.exec(times) ?? [];
  const limits: RateLimits = { send: null, receive: null };
  for (const rate of rates) {
    const [, direction, value] = /^(send|receive)=(.+)$/.exec(rate) ?? [];
    if (value === undefined) throw new InvalidArgumentError(hint);
    limits[direction as keyof RateLimits] = toRate(parseRate(value));
  }
  if (rates.length === 0) throw new InvalidArgumentError(hint);
  return {
    days: parseDays(days),
    fromMinute: toMinutes(fromHour, fromMinute),
    toMinute: toMinutes(toHour, toMinute),
    limits,
  };
}

function parseDays(text: string): number[] {
  if (text === 'daily') return dayNames.map((_, day) => day);
  const days = new Set<number>();
  for (const part of text.split(',')) {
    const [from = -1, to = from] = part.split('-').map((name) => dayNames.indexOf(name.toLowerCase()));
    if (from < 0 || to < 0 || part.split('-').length > 2) throw new InvalidArgumentError(hint);
    for (let day = from; ; day = (day + 1) % 7) {
      days.add(day);
      if (day === to) break;
    }
  }
  return [...days].sort((a, b) => a - b);
}

function toMinutes(hour: string | undefined, minute: string | undefined): number {
  const minutes = Number(hour) * 60 + Number(minute);
  if (!(Number(minute) < 60 && minutes <= 24 * 60)) throw new InvalidArgumentError(hint);
  return minutes;
}
