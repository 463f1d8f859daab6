import type { Handlers } from '@enxame/shared/messages/request-table';
import type { TrackerRequests } from '@enxame/shared/tracker/requests';
import type { DeviceId } from '@enxame/shared/ids';
import type { Paths } from '../domain/paths.js';
import { sessionOf, type Connection } from './connection.js';

export interface PathHandlerDeps {
  readonly paths: Paths;
  /** Throws `rate-limited` when this device asked for too many paths lately. */
  readonly countPathAsk: (deviceId: DeviceId) => Promise<void>;
}

/** How a session finds a way to another device. */
export function createPathHandlers(deps: PathHandlerDeps): Handlers<Pick<TrackerRequests, 'path:ask'>, Connection> {
  return {
    'path:ask': async (wanted, connection) => {
      await deps.countPathAsk(sessionOf(connection).deviceId);
      return deps.paths.ask(sessionOf(connection), wanted);
    },
  };
}
