import { createPublicKey } from 'node:crypto';
import { toUserId } from '@enxame/identity/public-key';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { Clock } from '../domain/clock.js';
import type { Network } from '../domain/network.js';
import type { Paths } from '../domain/paths.js';
import type { Session } from '../domain/session.js';
import { openKeeperIdentity, type KeeperIdentity } from '../store/keeper-identity.js';
import type { TrackerIdentity } from '../store/tracker-identity.js';
import { createLegs, type Legs } from './legs.js';

/** The tracker among the devices: it asks them, and it is told when the sources of what it waits for change. */
export interface OpenKeeper extends KeeperIdentity {
  readonly legs: Legs;
  /** The devices that can be asked for a content now. */
  sourcesOf(contentId: ContentId): DeviceId[];
  /** From now on `onSourcesChanged` is called for it. */
  follow(contentId: ContentId): void;
  unfollow(contentId: ContentId): void;
}

export async function openKeeper(deps: {
  readonly dataFolder: string;
  readonly identity: TrackerIdentity;
  readonly name: string;
  readonly network: Network;
  readonly paths: Pick<Paths, 'ask'>;
  readonly clock: Clock;
  readonly onSourcesChanged: (contentId: ContentId) => void;
}): Promise<OpenKeeper> {
  const { network, clock, identity, name } = deps;
  const keeper = await openKeeperIdentity(deps.dataFolder, { ...identity, name }, clock.now());
  const id = toUserId(createPublicKey(identity.privateKey));
  const session: Session = {
    deviceId: keeper.deviceId,
    user: { id, name, userKey: identity.publicKey, registeredAt: 0, lastSeenAt: null },
    grant: keeper.grant,
    remoteHost: '127.0.0.1',
    addresses: [], // nobody can dial it: devices come to the relay door
    push: (pushName, payload) => {
      if (pushName === 'sources:changed' && 'contentId' in payload) {
        deps.onSourcesChanged(payload.contentId);
      }
    },
    end: () => undefined,
  };
  const legs = createLegs({ paths: deps.paths, keeper, keeperSession: session, tracker: identity, now: () => clock.now() }); // prettier-ignore
  return {
    ...keeper,
    legs,
    sourcesOf: (contentId) =>
      [...network.sources.sourcesOf(session, contentId)].filter(
        (deviceId) => network.presence.session(deviceId) !== undefined,
      ),
    follow: (contentId) => {
      try {
        network.sources.watch(session, contentId);
      } catch (error) {
        // Nobody has an entry of it any more, or too much is followed: it is tried again by the clock.
        if (!isErrorWithCode(error, 'content-not-found', 'too-large')) throw error;
      }
    },
    unfollow: (contentId) => {
      network.sources.unwatch(session, contentId);
    },
  };
}
