import type { Language } from '@enxame/shared/language';

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** As people write sizes: 214 GB, 1.5 MB, in steps of 1024 as the app does. */
export function formatBytes(bytes: number, language: Language): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)} ${units[unit] ?? ''}`;
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
