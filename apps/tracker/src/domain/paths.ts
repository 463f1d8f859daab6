import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import { toBase32 } from '@enxame/shared/content/base32';
import { pathIdSchema, pathLifeMs, type PathId } from '@enxame/shared/tracker/path';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import { isIPv6 } from 'node:net';
import type { Clock } from './clock.js';
import { toDialBackAddresses } from './dial-back-addresses.js';
import type { Presence } from './presence.js';
import type { Session } from './session.js';
import type { SourceWatches } from './source-watches.js';

/** One of the two devices of a path. */
export interface PathSide {
  readonly pathId: PathId;
  readonly token: string;
  readonly session: Session;
}

/**
 * Searches for a way between two devices, while they last. Owns who asked whom and the token of each side; the ways
 * themselves are the devices', and the relay's. (docs/spec/tracker-protocol.md, T50 to T55)
 */
export interface Paths {
  /** Tells the other device. Throws `source-gone`, `rate-limited`. */
  ask(
    requester: Session,
    wanted: { readonly contentId: ContentId; readonly deviceId: DeviceId; readonly hasRelay: boolean },
  ): { readonly pathId: PathId; readonly token: string };
  /** A connection with this token comes from here; when both sides have been seen, each is told of the other. Throws `unauthorized`. */
  seen(token: string, address: DeviceAddress): void;
  /** The side that may enter the relay with this token, until that is closed. Throws `unauthorized`, and what it was closed with. */
  relaySide(token: string): PathSide;
  /** The side is through, or was refused. Twice without harm. */
  closeRelaySide(token: string, refusal?: EnxameError): void;
  close(): void;
}

/** Paths that one device has asked for, or was asked for, at the same time. A download asks each of its sources once. */
const maxOpenPerDevice = 64;

interface Side extends PathSide {
  address: DeviceAddress | undefined;
  /** Why the relay takes it no more. */
  relayError: EnxameError | undefined;
  other: Side | undefined;
}

export function createPaths(deps: {
  readonly index: Pick<SourceWatches, 'sourcesOf'>;
  readonly presence: Pick<Presence, 'session'>;
  readonly clock: Clock;
  readonly randomBytes: (bytes: number) => Uint8Array;
}): Paths {
  const sides = new Map<string, Side>();
  const openOf = new Map<DeviceId, number>();
  const expiries = new Set<() => void>();

  function addSide(pathId: PathId, session: Session): Side {
    const token = Buffer.from(deps.randomBytes(32)).toString('base64url');
    const side: Side = { pathId, session, token, address: undefined, relayError: undefined, other: undefined };
    sides.set(token, side);
    openOf.set(session.deviceId, (openOf.get(session.deviceId) ?? 0) + 1);
    return side;
  }

  function removeSide({ token, session }: Side): void {
    sides.delete(token);
    const left = (openOf.get(session.deviceId) ?? 1) - 1;
    if (left > 0) openOf.set(session.deviceId, left);
    else openOf.delete(session.deviceId);
  }

  function sideOf(token: string): Side {
    const side = sides.get(token);
    if (!side) throw new EnxameError('unauthorized');
    return side;
  }

  function isSource(requester: Session, contentId: ContentId, deviceId: DeviceId): boolean {
    for (const source of deps.index.sourcesOf(requester, contentId)) if (source === deviceId) return true;
    return false;
  }

  return {
    ask: (requester, { contentId, deviceId, hasRelay }) => {
      const asked = deviceId === requester.deviceId ? undefined : deps.presence.session(deviceId);
      if (!asked || !isSource(requester, contentId, deviceId)) throw new EnxameError('source-gone', { name: '' });
      for (const { deviceId: id } of [requester, asked]) {
        if ((openOf.get(id) ?? 0) >= maxOpenPerDevice) throw new EnxameError('rate-limited');
      }
      const pathId = pathIdSchema.parse(toBase32(deps.randomBytes(16)));
      const [mine, theirs] = [addSide(pathId, requester), addSide(pathId, asked)];
      mine.other = theirs;
      theirs.other = mine;
      const cancel = deps.clock.after(pathLifeMs, () => {
        expiries.delete(cancel);
        removeSide(mine);
        removeSide(theirs);
      });
      expiries.add(cancel);
      asked.push('path:asked', {
        pathId,
        token: theirs.token,
        contentId,
        requester: { deviceId: requester.deviceId, userName: requester.user.name, grant: requester.grant },
        addresses: toDialBackAddresses(requester, asked),
        hasRelay,
      });
      return { pathId, token: mine.token };
    },
    seen: (token, address) => {
      const side = sideOf(token);
      if (side.address) throw new EnxameError('unauthorized'); // a token says once where its device is
      side.address = address;
      const { other } = side;
      if (!other?.address || isIPv6(other.address.host) !== isIPv6(address.host)) return;
      side.session.push('path:met', { pathId: side.pathId, address: other.address });
      other.session.push('path:met', { pathId: side.pathId, address });
    },
    relaySide: (token) => {
      const side = sideOf(token);
      if (side.relayError) throw side.relayError;
      return { pathId: side.pathId, token, session: side.session };
    },
    closeRelaySide: (token, refusal = new EnxameError('unauthorized')) => {
      const side = sides.get(token);
      if (side) side.relayError ??= refusal; // else its time is over
    },
    close: () => {
      for (const cancel of expiries) cancel();
      expiries.clear();
      sides.clear();
      openOf.clear();
    },
  };
}
