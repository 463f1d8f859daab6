import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import type { Stats } from '@enxame/shared/tracker/stats';
import type { People } from '../domain/people.js';
import type { ReaderCatalogue } from '../domain/restricted/reader-catalogue.js';
import type { ApiHandlers } from './api-handlers.js';

export interface CatalogueRouteDeps {
  readonly catalogue: Pick<ReaderCatalogue, 'list'>;
  readonly people: Pick<People, 'page'>;
  readonly stats: () => Stats | Promise<Stats>;
}

/** The catalogue, the people and the counts, for programs. */
export function createCatalogueRoutes(deps: CatalogueRouteDeps): ApiHandlers<'files' | 'people' | 'stats'> {
  return {
    files: (
      { query: { q, owner, type, min, max, after, before, available, sort, descending, cursor, limit } },
      call,
    ) => {
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
      const { total, rows, next } = deps.catalogue.list(query, { offset: 0, limit }, cursor, call.caller?.user.id);
      return { total, files: rows, cursor: next };
    },
    people: (_input, { caller }) => deps.people.page(caller?.user.id),
    stats: () => deps.stats(),
  };
}
