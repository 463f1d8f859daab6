import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { entryIdSchema } from '@enxame/shared/ids';
import { maxWindowRows, type CataloguePage, type Window } from '@enxame/shared/tracker/catalogue-query';
import type { CatalogueRow } from '@enxame/shared/tracker/entry';
import { z } from 'zod';

/** Where a page ended: how many rows came before the next, and the last of them. */
const cursorSchema = z.tuple([z.int().min(0).max(10_000_000), entryIdSchema]);

/**
 * A page that goes on after the last row of the page before, wherever that row is by now: rows that came or went
 * before it neither repeat nor hide one. When it is no more near its place, the place counts.
 */
export function pageAfter(
  cursor: string | undefined,
  limit: number,
  page: (window: Window) => CataloguePage,
): { total: number; files: CatalogueRow[]; cursor: string | null } {
  const offset = cursor === undefined ? 0 : findOffset(parseCursor(cursor), page);
  const { total, rows } = page({ offset, limit });
  const last = rows.at(-1);
  const end = offset + rows.length;
  return { total, files: rows, cursor: last && end < total ? toCursor(end, last) : null };
}

function findOffset([offset, id]: z.infer<typeof cursorSchema>, page: (window: Window) => CataloguePage): number {
  // In the middle of the window, so that it is found on either side of its place.
  const start = Math.max(0, offset - maxWindowRows / 2);
  const index = page({ offset: start, limit: maxWindowRows }).rows.findIndex((row) => row.id === id);
  return index === -1 ? offset : start + index + 1;
}

const toCursor = (end: number, { id }: CatalogueRow): string =>
  Buffer.from(JSON.stringify([end, id])).toString('base64url');

function parseCursor(text: string): z.infer<typeof cursorSchema> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    value = undefined; // the schema refuses it
  }
  const parsed = cursorSchema.safeParse(value);
  if (!parsed.success) throw new EnxameError('bad-request', { where: 'query.cursor' });
  return parsed.data;
}
