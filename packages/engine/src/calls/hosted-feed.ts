import type { EngineEvents } from '@enxame/shared/engine/events';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Logger } from 'pino';
import type { TrackerLink } from '../tracker/tracker-session.js';

/**
 * Tells the interfaces of hosted copies, once one of them asked, through all sessions: a new session is watched anew,
 * and what is there then is told as if it had changed. Returns what ends it.
 */
export function openHostedFeed(deps: {
  readonly link: TrackerLink;
  readonly broadcast: (change: EngineEvents['hosted:changed']) => void;
  readonly logger: Logger;
}): { readonly watch: () => void; readonly close: () => void } {
  const { link, broadcast, logger } = deps;
  let isWatched = false;
  const endPush = link.onPush('hosted:changed', broadcast);
  const endSessions = link.onSession((session) => {
    if (!isWatched) return;
    session.request('hosted:watch', {}).then(
      ({ copies, room }) => {
        broadcast({ upserted: copies, removed: [], room });
      },
      (error: unknown) => {
        if (!(error instanceof EnxameError)) logger.error({ err: error }, 'hosted copies could not be watched');
      },
    );
  });
  return {
    watch: () => {
      isWatched = true;
    },
    close: () => {
      endPush();
      endSessions();
    },
  };
}
