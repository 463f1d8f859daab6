import type { KeyObject } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { dialPeer, type PeerConnection } from '@enxame/engine/peer/peer-connection';
import type { Authority } from '@enxame/engine/peer/authority';
import { signTicket } from '@enxame/identity/ticket';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId, TrackerId } from '@enxame/shared/ids';
import type { PathId } from '@enxame/shared/tracker/path';
import type { Paths } from '../domain/paths.js';
import type { Session } from '../domain/session.js';
import type { KeeperIdentity } from '../store/keeper-identity.js';

/** From the question to the device until TLS stands. */
const openMs = 15_000;
/** Legs in all: each is a connection of a device that the tracker reads. */
const maxLegs = 64;

/** A connection to a device that has a content, and what it lets the tracker ask for. */
export interface Leg {
  readonly connection: PeerConnection;
  readonly authority: Authority;
  readonly deviceId: DeviceId;
  /** Twice without harm. */
  close(): void;
}

/**
 * How the tracker itself reads from a device. It never dials: whoever told an address could make it knock anywhere. It
 * asks the device, by the same push as for anybody who cannot reach it, to come to the relay door; and is the other side
 * there, with a device identity of its own. (docs/adr/0019)
 */
export interface Legs {
  /** Throws `source-gone`, `source-unreachable`, `source-identity`, `source-busy` when there are too many. */
  open(contentId: ContentId, deviceId: DeviceId, signal: AbortSignal): Promise<Leg>;
  /** Whether somebody here waits for the other side of this path; then `admit` is called, and its pipe is ours. */
  take(pathId: PathId, admit: () => Duplex): boolean;
}

export function createLegs(deps: {
  readonly paths: Pick<Paths, 'ask'>;
  readonly keeper: KeeperIdentity;
  readonly keeperSession: Session;
  readonly tracker: { readonly trackerId: TrackerId; readonly privateKey: KeyObject };
  readonly now: () => number;
}): Legs {
  const { keeper, keeperSession, tracker } = deps;
  const waiting = new Map<PathId, (pipe: Duplex) => void>();
  let open = 0;

  function expect(pathId: PathId, signal: AbortSignal): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        waiting.delete(pathId);
        reject(new EnxameError('source-unreachable'));
      };
      signal.addEventListener('abort', stop, { once: true });
      waiting.set(pathId, (pipe) => {
        waiting.delete(pathId);
        signal.removeEventListener('abort', stop);
        resolve(pipe);
      });
      if (signal.aborted) stop();
    });
  }

  async function connect(contentId: ContentId, deviceId: DeviceId, signal: AbortSignal): Promise<Omit<Leg, 'close'>> {
    const { pathId } = deps.paths.ask(keeperSession, { contentId, deviceId, hasRelay: false });
    // Held by its own listener: Node 20 forgets a timeout that only a combined signal knows.
    const timeout = AbortSignal.timeout(openMs);
    timeout.addEventListener('abort', () => undefined, { once: true });
    const dialSignal = AbortSignal.any([signal, timeout]);
    const pipe = await expect(pathId, dialSignal);
    const connection = await dialPeer({ deviceId, tls: keeper.tls, dialSignal, signal, pipe, pathKind: 'relay' });
    const holder = {
      trackerId: tracker.trackerId,
      deviceId: keeper.deviceId,
      contentId,
      userName: keeper.name,
      userId: deps.keeperSession.user.id,
    };
    const { ticket } = await signTicket(tracker.privateKey, holder, deps.now());
    return { connection, deviceId, authority: { ticket } };
  }

  return {
    open: async (contentId, deviceId, signal) => {
      if (open >= maxLegs) throw new EnxameError('source-busy');
      open++;
      let isOpen = true;
      const end = (): void => {
        if (isOpen) open--;
        isOpen = false;
      };
      try {
        const leg = await connect(contentId, deviceId, signal);
        return {
          ...leg,
          close: () => {
            end();
            leg.connection.close();
          },
        };
      } catch (error) {
        end();
        throw error;
      }
    },
    take: (pathId, admit) => {
      const give = waiting.get(pathId);
      if (!give) return false;
      give(admit());
      return true;
    },
  };
}
