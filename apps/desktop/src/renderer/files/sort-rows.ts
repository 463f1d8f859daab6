import { toContentType } from '@enxame/shared/content/content-type';
import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import type { Language } from '@enxame/shared/language';
import type { FileRow } from './file-row.js';

/** Searches and sorts rows that are all at hand, by the rules of the catalogue's own search. */
export function queryRows(rows: readonly FileRow[], query: CatalogueQuery, language: Language): FileRow[] {
  const words = fold(query.text).split(/\s+/).filter(Boolean);
  const { minBytes = 0, maxBytes = Infinity, type } = query;
  const found = rows.filter((row) => {
    const haystack = fold(`${row.name} ${row.owner.name}`);
    const kind = row.files === null ? toContentType(row.name) : 'folder';
    if (type !== undefined && type !== kind) return false;
    return row.size >= minBytes && row.size <= maxBytes && words.every((word) => haystack.includes(word));
  });
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });
  const direction = query.descending ? -1 : 1;
  return found.sort((a, b) => direction * compare(a, b, query.sort, collator) || collator.compare(a.name, b.name));
}

function compare(a: FileRow, b: FileRow, column: CatalogueQuery['sort'], collator: Intl.Collator): number {
  switch (column) {
    case 'name':
      return collator.compare(a.name, b.name);
    case 'owner':
      return collator.compare(a.owner.name, b.owner.name);
    case 'size':
      return a.size - b.size;
    case 'addedAt':
      return a.addedAt - b.addedAt;
    case 'sources':
    case 'relevance':
      return (a.sources ?? 0) - (b.sources ?? 0);
  }
}

/** Case and accents do not count. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
