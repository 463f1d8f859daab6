import type { KeyObject } from 'node:crypto';
import type { TrackerId } from '@enxame/shared/ids';
import type { Handlers } from '@enxame/shared/messages/request-table';
import type { TrackerRequests } from '@enxame/shared/tracker/requests';
import type { Network } from '../domain/network.js';
import { createCatalogueHandlers } from './catalogue-handlers.js';
import type { Connection } from './connection.js';
import { createLoginHandlers } from './login-handlers.js';

export interface HandlerDeps {
  readonly network: Network;
  readonly trackerId: TrackerId;
  /** The tracker's key (Ed25519), by which tickets are signed. */
  readonly privateKey: KeyObject;
  readonly now: () => number;
  readonly randomBytes: (bytes: number) => Uint8Array;
  /** Throws `rate-limited` when this address registered too many names lately. */
  readonly countRegistration: (remoteHost: string) => Promise<void>;
}

/** One handler for each request of the table: this is all that a device can reach. */
export function createHandlers(deps: HandlerDeps): Handlers<TrackerRequests, Connection> {
  return { ...createLoginHandlers(deps), ...createCatalogueHandlers(deps) };
}
