import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import type { Stats } from '@enxame/shared/tracker/stats';
import type { CatalogueIndex } from '../domain/catalogue-index.js';
import type { People } from '../domain/people.js';
import type { ApiHandlers } from './api-handlers.js';

export interface CatalogueRouteDeps {
  readonly index: Pick<CatalogueIndex, 'list'>;
  readonly people: Pick<People, 'page'>;
  readonly stats: () => Stats | Promise<Stats>;
}

/** The catalogue, the people and the counts, for programs. */
export function createCatalogueRoutes(deps: CatalogueRouteDeps): ApiHandlers<'files' | 'people' | 'stats'> {
  return {
    files: ({ query: { q, owner, type, min, max, after, before, available, sort, descending, cursor, limit } }) => {
      const query: CatalogueQuery = {
        text: q,
        owner,
        type,
        minBytes: min,
        maxBytes: max,
        addedAfter: after,
        addedBefore: before,
        available: available === 'true',
        sort: sort === 'added' ? 'addedAt' : sort,
        descending: descending === 'true',
        group: 'content',
      };
      const { total, rows, next } = deps.index.list(query, { offset: 0, limit }, cursor);
      return { total, files: rows, cursor: next };
    },
    people: () => deps.people.page(),
    stats: () => deps.stats(),
  };
}
