import { catalogueQuerySchema, type CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import { createStore, type StoreApi } from 'zustand/vanilla';

import { noPicks, type Picks } from './picks.js';

export type Scope = 'all' | 'mine' | 'here';

/** What the person has chosen on the Files page; kept while other pages are shown. */
export interface FilesViewState {
  readonly scope: Scope;
  /** Search and sort of what is on this computer, which the tracker is not asked for. */
  readonly hereQuery: CatalogueQuery;
  readonly selectedKey: string | null;
  /** Chosen together; the selected one is among them. */
  readonly picks: Picks;
  readonly drawerOpen: boolean;
  /** The page was asked for by a key: the list takes the focus as soon as it is there. */
  readonly focusWanted: boolean;
}

export function createFilesView(): StoreApi<FilesViewState> {
  return createStore<FilesViewState>(() => ({
    scope: 'all',
    hereQuery: catalogueQuerySchema.parse({}),
    selectedKey: null,
    picks: noPicks,
    drawerOpen: false,
    focusWanted: false,
  }));
}
