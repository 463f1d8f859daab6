import type { DeviceGrant } from '@enxame/shared/identity/grant';
import type { DeviceId } from '@enxame/shared/ids';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { TrackerPushes, TrackerPushName } from '@enxame/shared/tracker/pushes';
import type { User } from './user.js';

/** One device of a registered user, connected and proven. Whoever opens it ends it; watches belong to it. */
export interface Session {
  readonly deviceId: DeviceId;
  readonly user: User;
  readonly grant: DeviceGrant;
  /** Where its connection comes from, in normal form. */
  readonly remoteHost: string;
  /** Where it can be reached: what it announced and where it was seen, already cleaned (device-addresses.ts). Presence sets it. */
  addresses: readonly DeviceAddress[];
  /** Of what carries it, where what is pushed to several is sent to them together. */
  readonly connectionId?: string;
  push<N extends TrackerPushName>(name: N, payload: TrackerPushes[N]): void;
  /** Ends the connection, because another one of the same device took its place. */
  end(): void;
}

/** Pushes one thing to many sessions: whoever carries them makes the message once. */
export type PushAll = <N extends TrackerPushName>(
  sessions: Iterable<Session>,
  name: N,
  payload: TrackerPushes[N],
) => void;

/** Where nothing is gained by telling them together. */
export const pushToEach: PushAll = (sessions, name, payload) => {
  for (const session of sessions) session.push(name, payload);
};
