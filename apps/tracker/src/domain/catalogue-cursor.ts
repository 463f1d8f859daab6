import { fromBase32 } from '@enxame/shared/content/base32';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { entryIdSchema, type EntryId } from '@enxame/shared/ids';
import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import { z } from 'zod';
import type { Place } from './catalogue-place.js';
import type { EntryTable } from './entry-table.js';
import { toSortKey } from './search-text.js';

// A cursor says where a page ended by what the last row was ordered by, not by how many rows came before: rows that come
// and go meanwhile make no other row come twice, or never. It is text of the tracker's own, but anybody may write one: it
// says nothing that a query could not ask.

const version = 1;
const number = z.number().min(0);
/** Names, not their keys: those may be many times as long. */
const cursorSchema = z.tuple([
  z.literal(version),
  z.string(),
  number,
  number,
  number,
  z.string().max(1000),
  z.string().max(1000),
  entryIdSchema,
]);

/** Which order a cursor is of. */
const orderOf = ({ sort, descending, group = 'entry' }: CatalogueQuery): string =>
  `${sort} ${descending ? 'down' : 'up'} ${group}`;

export function toCursor(table: EntryTable, query: CatalogueQuery, row: number, rank: number): string {
  const hasName = query.sort === 'name' || query.sort === 'owner';
  return write([
    version,
    orderOf(query),
    rank,
    table.sizeOf(row),
    table.addedAtOf(row),
    hasName ? table.nameOf(row) : '',
    query.sort === 'owner' ? table.ownerOf(row).name : '',
    table.idOf(row),
  ]);
}

const write = (parts: z.infer<typeof cursorSchema>): string => Buffer.from(JSON.stringify(parts)).toString('base64url');

/** The same of an entry that is in no table. */
export function toPlaceCursor(
  query: CatalogueQuery,
  { rank, size, addedAt }: Place,
  id: EntryId,
  names: { readonly name: string; readonly owner: string },
): string {
  const hasName = query.sort === 'name' || query.sort === 'owner';
  const name = hasName ? names.name : '';
  const owner = query.sort === 'owner' ? names.owner : '';
  return write([version, orderOf(query), rank, size, addedAt, name, owner, id]);
}

/** Throws `bad-request` when it is no cursor, or one of another order. */
export function fromCursor(query: CatalogueQuery, cursor: string): Place {
  const parsed = cursorSchema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (!parsed.success || parsed.data[1] !== orderOf(query)) throw new EnxameError('bad-request', { where: 'cursor' });
  const [, , rank, size, addedAt, name, owner, id] = parsed.data;
  return { rank, size, addedAt, nameKey: toSortKey(name), ownerKey: toSortKey(owner), id: fromBase32(id) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // no schema takes it
  }
}
