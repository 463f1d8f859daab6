import type { Language } from '@enxame/shared/language';

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** As everywhere in Enxame: powers of 1000, three digits. */
export function formatBytes(bytes: number, language: Language): string {
  let [value, unit] = [bytes, 0];
  for (; value >= 999.5 && unit < units.length - 1; unit++) value /= 1000;
  return `${new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(value)} ${units[unit] ?? ''}`;
}

export function formatRate(bytesPerSecond: number, language: Language): string {
  return `${formatBytes(Math.round(bytesPerSecond), language)}/s`;
}

export function formatPercent(part: number, language: Language): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(part);
}

const [minute, hour, day] = [60, 60 * 60, 24 * 60 * 60];

/** Rounded as people say it: 40 s, 44 min, 3 h, 2 days. */
export function formatDuration(seconds: number, language: Language): string {
  const say = (value: number, unit: string): string =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }).format(
      value,
    );
  if (seconds < 90) return say(Math.ceil(seconds), 'second');
  if (seconds < 90 * minute) return say(seconds / minute, 'minute');
  if (seconds < 36 * hour) return say(seconds / hour, 'hour');
  return say(seconds / day, 'day');
}

const maxNameChars = 48;

/** Cut in the middle, so that the extension stays. What turns text around is taken out: a menu shows no more than text. */
export function shortenName(name: string): string {
  const letters = [...name.replace(/[\p{Cc}\p{Cf}]/gu, '')];
  if (letters.length <= maxNameChars) return letters.join('');
  return `${letters.slice(0, maxNameChars - 17).join('')}…${letters.slice(-16).join('')}`;
}
