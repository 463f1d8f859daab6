import { minBytesPerSecond } from '@enxame/shared/engine/limits';
import type { Language } from '@enxame/shared/language';

const megabyte = 1_000_000;

/** What a person typed as megabytes a second: bytes a second, null for no limit, undefined when it is no speed. */
export function parseRate(text: string): number | null | undefined {
  const typed = text.trim().replace(/\s/g, '');
  if (typed === '') return null;
  // One separator, comma or dot: a speed has no thousands worth grouping.
  if (!/^\d{1,7}([.,]\d{1,6})?$/.test(typed)) return undefined;
  const bytes = Math.round(Number(typed.replace(',', '.')) * megabyte);
  return bytes >= minBytesPerSecond ? bytes : undefined;
}

/** The same the other way round, without a unit. */
export function toRateText(bytesPerSecond: number | null, language: Language): string {
  if (bytesPerSecond === null) return '';
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 6, useGrouping: false });
  return format.format(bytesPerSecond / megabyte);
}
