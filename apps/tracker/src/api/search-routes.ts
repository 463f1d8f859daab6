import type { SavedSearches } from '../domain/saved-searches.js';
import { callerOf, type ApiHandlers } from './api-handlers.js';

type SearchRoutes = 'searches' | 'saveSearch' | 'seeSearch' | 'forgetSearch';

/** Saved searches, as devices have them (T72), for browsers and programs. */
export function createSearchRoutes({ searches }: { readonly searches: SavedSearches }): ApiHandlers<SearchRoutes> {
  return {
    searches: (_input, call) => ({ searches: searches.list(callerOf(call).user.id) }),
    saveSearch: ({ body: { name, query } }, call) => searches.save(callerOf(call).user.id, name, query),
    seeSearch: ({ params: { id } }, call) => {
      searches.seen(callerOf(call).user.id, id);
      return {};
    },
    forgetSearch: async ({ params: { id } }, call) => {
      await searches.forget(callerOf(call).user.id, id);
      return {};
    },
  };
}
