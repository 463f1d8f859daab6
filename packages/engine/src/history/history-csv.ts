import type { HistoryRecord } from '@enxame/shared/engine/history';

/** The columns of an export, in their order. More may come, at the end. */
const columns: readonly (readonly [name: string, value: (record: HistoryRecord) => string | number | null])[] = [
  ['id', ({ id }) => id],
  ['direction', ({ direction }) => direction],
  ['result', ({ result }) => result],
  ['name', ({ name }) => name],
  ['size', ({ size }) => size],
  ['files', ({ files }) => files],
  ['person', ({ personName }) => personName],
  ['startedAt', ({ startedAt }) => new Date(startedAt).toISOString()],
  ['finishedAt', ({ finishedAt }) => new Date(finishedAt).toISOString()],
  ['bytesMoved', ({ bytesMoved }) => bytesMoved],
  ['path', ({ path }) => path],
  ['sha256', ({ sha256 }) => sha256],
  ['contentId', ({ contentId }) => contentId],
  ['deviceId', ({ deviceId }) => deviceId],
  ['receivedAt', ({ receipt }) => (receipt ? new Date(receipt.receivedAt).toISOString() : null)],
  ['error', ({ error }) => error?.code ?? null],
];

export const csvHeading = `${columns.map(([name]) => name).join(',')}\r\n`;

/** One line of RFC 4180. */
export function toCsvLine(record: HistoryRecord): string {
  return `${columns.map(([, value]) => toCell(value(record))).join(',')}\r\n`;
}

/**
 * A name of somebody else's choice must not become a formula where the file is opened: a cell that begins like one gets
 * an apostrophe, which spreadsheets take for "this is text". (OWASP, CSV injection)
 */
function toCell(value: string | number | null): string {
  if (value === null) return '';
  const text = String(value);
  const harmless = typeof value === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n;]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
