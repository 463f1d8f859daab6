import type { DeviceId, UserId } from '@enxame/shared/ids';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { Session } from './session.js';

/** Told when a device or a person comes or goes. A device that changes its connection does neither. */
export interface PresenceListener {
  deviceOnline(deviceId: DeviceId): void;
  deviceOffline(deviceId: DeviceId): void;
  addressesChanged(deviceId: DeviceId): void;
  userOnline(userId: UserId): void;
  userOffline(userId: UserId): void;
}

/** Who is connected. Owns the list of sessions, not their connections. */
export interface Presence {
  readonly usersOnline: number;
  readonly devicesOnline: number;
  /** A session of a device that has one already takes its place, and the other connection is ended. */
  open(session: Session): void;
  /** A session that was replaced is gone already: then nothing happens. */
  close(session: Session): void;
  session(deviceId: DeviceId): Session | undefined;
  sessions(): Iterable<Session>;
  setAddresses(session: Session, addresses: readonly DeviceAddress[]): void;
}

export function createPresence(listener: PresenceListener): Presence {
  const sessions = new Map<DeviceId, Session>();
  const devicesOf = new Map<UserId, Set<DeviceId>>();

  return {
    get usersOnline() {
      return devicesOf.size;
    },
    get devicesOnline() {
      return sessions.size;
    },
    open: (session) => {
      const { deviceId, user } = session;
      const before = sessions.get(deviceId);
      sessions.set(deviceId, session);
      if (before) {
        before.end();
        if (!isSame(before.addresses, session.addresses)) listener.addressesChanged(deviceId);
        return;
      }
      const devices = devicesOf.get(user.id);
      if (devices) devices.add(deviceId);
      else {
        devicesOf.set(user.id, new Set([deviceId]));
        listener.userOnline(user.id);
      }
      listener.deviceOnline(deviceId);
    },
    close: (session) => {
      const { deviceId, user } = session;
      if (sessions.get(deviceId) !== session) return;
      sessions.delete(deviceId);
      listener.deviceOffline(deviceId);
      const devices = devicesOf.get(user.id);
      devices?.delete(deviceId);
      if (devices?.size !== 0) return;
      devicesOf.delete(user.id);
      listener.userOffline(user.id);
    },
    session: (deviceId) => sessions.get(deviceId),
    sessions: () => sessions.values(),
    setAddresses: (session, addresses) => {
      const changed = !isSame(session.addresses, addresses);
      session.addresses = addresses;
      if (changed && sessions.get(session.deviceId) === session) listener.addressesChanged(session.deviceId);
    },
  };
}

function isSame(left: readonly DeviceAddress[], right: readonly DeviceAddress[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
