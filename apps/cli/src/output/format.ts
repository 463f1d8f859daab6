import type { Language } from '@enxame/shared/language';

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** As people write sizes, and as the interface does: 214 GB, 1.5 MB; powers of 1000, three digits at most. */
export function formatBytes(bytes: number, language: Language): string {
  let value = bytes;
  let unit = 0;
  // 999.5 kB would read "1,000 kB" after rounding
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${inThreeDigits(value, language)} ${units[unit] ?? ''}`;
}

/** Always in MB/s, so that rates compare at a glance. */
export function formatRate(bytesPerSecond: number, language: Language): string {
  return `${inThreeDigits(bytesPerSecond / 1e6, language)} MB/s`;
}

function inThreeDigits(value: number, language: Language): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: value >= 99.95 ? 0 : 1 }).format(value);
}

/** 8 s, 3 min, 2 h 05 min, 4 d 3 h. */
export function formatSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.round(whole / 60);
  const hours = Math.floor(minutes / 60);
  if (whole < 60) return `${String(whole)} s`;
  if (minutes < 60) return `${String(minutes)} min`;
  if (hours < 24) return `${String(hours)} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${String(Math.floor(hours / 24))} d ${String(hours % 24)} h`;
}
