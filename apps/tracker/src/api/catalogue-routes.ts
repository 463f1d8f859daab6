import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import type { Stats } from '@enxame/shared/tracker/stats';
import type { CatalogueIndex } from '../domain/catalogue-index.js';
import type { People } from '../domain/people.js';
import type { ApiHandlers } from './api-handlers.js';
import { pageAfter } from './file-cursor.js';

export interface CatalogueRouteDeps {
  readonly index: Pick<CatalogueIndex, 'page'>;
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
      };
      return pageAfter(cursor, limit, (window) => deps.index.page(query, window));
    },
    people: () => deps.people.page(),
    stats: () => deps.stats(),
  };
}
