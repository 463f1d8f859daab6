import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import { savedSearchIdSchema, type SavedSearch, type searchRequests } from '@enxame/shared/tracker/saved-search';

/** Saved searches of a scenario: kept, and never finding anything by themselves. */
export function createSearchCalls(now: number): Pick<EngineHandlers, keyof typeof searchRequests> {
  let searches: SavedSearch[] = [];
  return {
    'search:save': ({ name, query }) => {
      const id = savedSearchIdSchema.parse(String(searches.length).padStart(22, '0'));
      const search: SavedSearch = { id, name, query, savedAt: now, unseen: 0, found: [] };
      searches = [...searches, search];
      return search;
    },
    'search:list': () => ({ searches }),
    'search:seen': ({ id }) => {
      searches = searches.map((search) => (search.id === id ? { ...search, unseen: 0, found: [] } : search));
      return {};
    },
    'search:forget': ({ id }) => {
      searches = searches.filter((search) => search.id !== id);
      return {};
    },
  };
}
