import type { Language } from '@enxame/shared/language';

/** Numbers, sizes, times: the one place that knows how a language writes them. All pure; `now` is handed in. */
export interface Format {
  number(value: number): string;
  /** Powers of 1000, three digits at most: "18.4 MB", "214 GB". */
  bytes(bytes: number): string;
  /** "88.2 of 214 GB" needs the parts: one unit for both when it is the same. */
  amount(done: number, total: number): { done: string; total: string };
  rate(bytesPerSecond: number): string;
  /** A rate without its unit, in MB/s, for a place that says the unit once. */
  megabytesPerSecond(bytesPerSecond: number): string;
  /** Whole percent, never rounded up: 100% is said only of all. */
  percent(part: number, whole: number): string;
  /** Rounded: "44 min", "2 h 10 min", "3 d". */
  duration(seconds: number): string;
  clock(at: number): string;
  /** How long ago, as short as a column needs: "12 min", "2 h", "Yesterday", "Tue", "Nov 14". */
  age(at: number, now: number): string;
  /** The same in a sentence: "12 min. ago", "yesterday", "Nov 14". */
  ago(at: number, now: number): string;
  /** A moment in a sentence, past or to come: "18:58", "tomorrow, 08:00", "Tue 18:58", "Nov 14, 18:58". */
  moment(at: number, now: number): string;
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export function createFormat(language: Language): Format {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const oneDigit = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percentOf = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });
  const clockOf = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const weekdayOf = new Intl.DateTimeFormat(language, { weekday: 'short' });
  const dayOf = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const monthOf = new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric' });
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const relativeShort = new Intl.RelativeTimeFormat(language, { style: 'short' });

  const inUnit = (bytes: number, unit: number): string => {
    const value = bytes / 1000 ** unit;
    return unit === 0 || value >= 99.95 ? whole.format(value) : oneDigit.format(value);
  };
  const bytes = (value: number): string => {
    const unit = unitOf(value);
    return `${inUnit(value, unit)} ${units[unit] ?? ''}`;
  };
  const age = (at: number, now: number): string => {
    const ms = Math.max(0, now - at);
    if (ms < hour) return `${whole.format(Math.max(1, Math.floor(ms / minute)))} min`;
    const days = calendarDays(at, now);
    if (days === 0)
      return ms < 6 * hour ? `${whole.format(Math.floor(ms / hour))} h` : capital(relative.format(0, 'day'));
    if (days === 1) return capital(relative.format(-1, 'day'));
    if (days < 7) return weekdayOf.format(at);
    return days < 330 ? dayOf.format(at) : monthOf.format(at);
  };
  return {
    number: (value) => whole.format(value),
    bytes,
    amount: (done, total) => {
      const unit = unitOf(total);
      return unitOf(done) === unit
        ? { done: inUnit(done, unit), total: bytes(total) }
        : { done: bytes(done), total: bytes(total) };
    },
    rate: (perSecond) => `${bytes(perSecond)}/s`,
    megabytesPerSecond: (perSecond) => (perSecond >= 99.95e6 ? whole : oneDigit).format(perSecond / 1e6),
    percent: (part, total) => percentOf.format(fraction(part, total)),
    duration: (seconds) => duration(seconds, whole),
    clock: (at) => clockOf.format(at),
    age,
    ago: (at, now) => {
      const ms = Math.max(0, now - at);
      if (ms < hour) return relativeShort.format(-Math.max(1, Math.floor(ms / minute)), 'minute');
      const days = calendarDays(at, now);
      if (days === 0) return relativeShort.format(-Math.floor(ms / hour), 'hour');
      return days === 1 ? relative.format(-1, 'day') : days < 330 ? dayOf.format(at) : monthOf.format(at);
    },
    moment: (at, now) => {
      const days = calendarDays(at, now);
      // Shortly after midnight is still this night: its hour says enough.
      if (days === 0 || (at > now && at - now < 6 * hour)) return clockOf.format(at);
      if (Math.abs(days) === 1) return `${relative.format(-days, 'day')}, ${clockOf.format(at)}`;
      return Math.abs(days) < 7
        ? `${weekdayOf.format(at)} ${clockOf.format(at)}`
        : `${dayOf.format(at)}, ${clockOf.format(at)}`;
    },
  };
}

/** Whole hundredths below `whole`, so that 99.9% is not said as 100%. */
export function fraction(part: number, whole: number): number {
  return whole <= 0 ? 1 : Math.floor((Math.min(part, whole) / whole) * 100) / 100;
}

function unitOf(bytes: number): number {
  let unit = 0;
  // 999.95 kB would read "1,000 kB" after rounding
  for (let value = bytes; value >= 999.5 && unit < units.length - 1; value /= 1000) unit++;
  return unit;
}

function duration(seconds: number, whole: Intl.NumberFormat): string {
  if (seconds < 60) return `${whole.format(Math.max(1, Math.ceil(seconds / 5) * 5))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${whole.format(minutes)} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    const rest = Math.round((minutes % 60) / 5) * 5;
    return rest === 0 || rest === 60
      ? `${whole.format(hours + rest / 60)} h`
      : `${whole.format(hours)} h ${whole.format(rest)} min`;
  }
  return `${whole.format(Math.round(hours / 24))} d`;
}

/** How many midnights lie between, in local time. */
function calendarDays(at: number, now: number): number {
  const startOfDay = (time: number): number => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((startOfDay(now) - startOfDay(at)) / day);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
