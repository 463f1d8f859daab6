import type { SavedSearch } from '@enxame/shared/tracker/saved-search';
import type { Asked } from '../api/use-ask.js';

/** The saved searches of who is signed in. */
export type Searches = Asked<{ readonly searches: readonly SavedSearch[] }>;
