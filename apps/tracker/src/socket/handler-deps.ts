import type { KeyObject } from 'node:crypto';
import type { TrackerId } from '@enxame/shared/ids';
import type { Handlers } from '@enxame/shared/messages/request-table';
import type { accountRequests } from '@enxame/shared/tracker/account';
import type { AdminActions } from '../admin/admin-actions.js';
import type { Administration } from '../admin/administration.js';
import type { Admission } from '../admin/admission.js';
import type { Announcements } from '../admin/announcements.js';
import type { Network } from '../domain/network.js';
import type { Connection } from './connection.js';
import type { OpenedStats } from '../stats/open-stats.js';
import type { Turns } from '../domain/turns.js';

/** What the answers to devices are made from. */
export interface HandlerDeps {
  readonly network: Network;
  readonly trackerId: TrackerId;
  /** The tracker's key (Ed25519), by which tickets are signed. */
  readonly privateKey: KeyObject;
  readonly turns: Turns;
  readonly now: () => number;
  readonly randomBytes: (bytes: number) => Uint8Array;
  readonly administration: Administration;
  readonly announcements: Announcements;
  readonly adminActions: AdminActions;
  readonly admission: Admission;
  readonly statsHandlers: OpenedStats['handlers'];
  readonly accountHandlers: Handlers<typeof accountRequests, Connection>;
}
