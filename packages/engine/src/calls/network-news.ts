import type { EngineEvents } from '@enxame/shared/engine/events';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Logger } from 'pino';
import type { Notices } from '../notices.js';
import type { TrackerLink } from '../tracker/tracker-session.js';

/**
 * What administrators say: announcements, and why an entry of this person is gone. The tracker is told that the person
 * knows, so that it does not say so again. Returns what ends it.
 */
export function openNetworkNews(deps: {
  readonly link: Pick<TrackerLink, 'session' | 'onPush'>;
  readonly notices: Pick<Notices, 'raise'>;
  readonly announce: (made: EngineEvents['announcement:made']) => void;
  readonly logger: Logger;
}): () => void {
  const { link } = deps;
  const endAnnouncements = link.onPush('announcement:made', deps.announce);
  const endRemovals = link.onPush('entry:removed', ({ removals }) => {
    for (const { name, reason } of removals) {
      deps.notices.raise(new EnxameError('entry-removed', { name, ...(reason !== '' && { reason }) }));
    }
    link.session?.request('removals:dismiss', { ids: removals.map(({ id }) => id) }).catch((error: unknown) => {
      deps.logger.info({ err: error }, 'the tracker could not be told that a removal is known'); // it says it again
    });
  });
  return () => {
    endAnnouncements();
    endRemovals();
  };
}
