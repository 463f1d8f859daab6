import type { Handlers } from '@enxame/shared/messages/request-table';
import type { TrackerRequests } from '@enxame/shared/tracker/requests';
import { toSeenAddresses } from '../domain/dial-back-addresses.js';
import { meetDevice, type MeetDevice } from '../http/meet-device.js';
import { sessionOf, type Connection } from './connection.js';
import type { PathHandlerDeps } from './path-handlers.js';

export interface ReachHandlerDeps extends Pick<PathHandlerDeps, 'countPathAsk'> {
  /** Whether this tracker passes bytes on. */
  readonly relays: boolean;
  readonly now: () => number;
}

/**
 * Whether a device can be reached. Only the host that it comes from is dialled: nobody makes the tracker knock
 * elsewhere. (T130)
 */
export function createReachHandlers(
  deps: ReachHandlerDeps,
  meet: MeetDevice = meetDevice,
): Handlers<Pick<TrackerRequests, 'reach:check'>, Connection> {
  return {
    'reach:check': async (_payload, connection) => {
      const session = sessionOf(connection);
      await deps.countPathAsk(session.deviceId);
      const addresses = toSeenAddresses(session);
      const met = await Promise.all(addresses.map((address) => meet(address, session.deviceId)));
      return {
        seenHost: session.remoteHost,
        reached: addresses.filter((_, index) => met[index]),
        unreached: addresses.filter((_, index) => !met[index]),
        relays: deps.relays,
        now: deps.now(),
      };
    },
  };
}
