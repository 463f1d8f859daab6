import type { EntryId } from '@enxame/shared/ids';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { TrackerPushes, TrackerPushName } from '@enxame/shared/tracker/pushes';
import type { RefusedEntry } from '../domain/catalogue.js';
import type { Network } from '../domain/network.js';
import type { PersonRecord } from '../domain/person.js';
import type { Session } from '../domain/session.js';
import { createTestUser, type TestUser } from './test-user.js';

/** A device in a network without sockets: what is pushed to it waits to be taken. */
export interface TestSession {
  readonly user: TestUser;
  readonly session: Session;
  readonly ended: boolean;
  announce(...entries: readonly AnnouncedEntry[]): Promise<RefusedEntry[]>;
  withdraw(...ids: readonly EntryId[]): Promise<void>;
  leave(): void;
  enter(): void;
  take<N extends TrackerPushName>(name: N): TrackerPushes[N][];
  withSecondDevice(): Promise<TestSession>;
}

export async function createTestSession(
  network: Network,
  name: string,
  options: {
    readonly user?: TestUser;
    readonly remoteHost?: string;
    readonly addresses?: readonly DeviceAddress[];
  } = {},
): Promise<TestSession> {
  const user = options.user ?? createTestUser();
  const registered = await network.register(user.userId, user.userKeyText, name);
  const owner = network.people.get(user.userId) as PersonRecord;
  const pushes: { name: string; payload: unknown }[] = [];
  let ended = false;
  const session: Session = {
    deviceId: user.deviceId,
    user: registered,
    grant: user.grant,
    remoteHost: options.remoteHost ?? '127.0.0.1',
    addresses: options.addresses ?? [],
    push: (pushName, payload) => pushes.push({ name: pushName, payload }),
    end: () => {
      ended = true;
    },
  };
  network.presence.open(session);
  return {
    user,
    session,
    get ended() {
      return ended;
    },
    announce: (...entries) => network.catalogue.announce(owner, user.deviceId, entries),
    withdraw: (...ids) => network.catalogue.withdraw(owner, user.deviceId, ids),
    leave: () => {
      network.closeSession(session);
    },
    enter: () => {
      network.presence.open(session);
    },
    take: (pushName) => {
      const taken = pushes.filter((push) => push.name === pushName).map(({ payload }) => payload);
      pushes.splice(0, pushes.length, ...pushes.filter((push) => push.name !== pushName));
      return taken as never;
    },
    withSecondDevice: () => createTestSession(network, name, { user: createTestUser(user.userKey) }),
  };
}
