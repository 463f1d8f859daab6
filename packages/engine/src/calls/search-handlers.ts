import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { searchRequests } from '@enxame/shared/tracker/saved-search';
import type { TrackerLink, TrackerSession } from '../tracker/tracker-session.js';

/** The saved searches are the tracker's: they find while this computer is off. */
export function createSearchHandlers(
  link: Pick<TrackerLink, 'session'>,
): Pick<EngineHandlers, keyof typeof searchRequests> {
  function session(): TrackerSession {
    if (!link.session) throw new EnxameError('tracker-offline');
    return link.session;
  }

  return {
    'search:save': (search) => session().request('search:save', search),
    'search:list': () => session().request('search:list', {}),
    'search:seen': (which) => session().request('search:seen', which),
    'search:forget': (which) => session().request('search:forget', which),
  };
}
