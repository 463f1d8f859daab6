import type { Duplex } from 'node:stream';
import { checkDeviceGrant } from '@enxame/identity/device-grant';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import { reversePreface, type PathAsked } from '@enxame/shared/tracker/path';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { Logger } from 'pino';
import type { TrackerLink } from '../../tracker/tracker-session.js';
import { dialSocket } from './dial-socket.js';
import { endsSoon, openPunched, trackerOf, type HelpedPathDeps, type OpenPipe } from './helped-paths.js';
import { enterRelay } from './relay-leg.js';

export interface AskedPathsDeps extends Omit<HelpedPathDeps, 'arrivals'> {
  readonly link: TrackerLink;
  /** Whether all or a part of it is here, to be given to others. */
  readonly hasContent: (contentId: ContentId) => boolean;
  /** Whether this computer may be made to dial there: what is in a network of its own, or in none. */
  readonly mayDial: (address: DeviceAddress) => boolean;
  /** Serves who is at the other end, as if it had come to the peer port. */
  readonly serve: (pipe: Duplex) => void;
  readonly logger: Logger;
}

/** This device helps others to reach it, as the tracker asks it to. Ends with `close`. */
export interface AskedPaths {
  readonly busy: number;
  /** Twice without harm. */
  close(): void;
}

/** A device that many want at once has its share of sockets; who comes too late uses the next try. */
const maxBusy = 32;
const maxBusyPerDevice = 8;

/**
 * A tracker that lies, or a stranger, gains little here: what is dialled gets one short line of ours and then waits for
 * TLS; whoever is at the other end must still prove which device it is and show a ticket. (docs/spec/peer-protocol.md, P62)
 */
export function createAskedPaths(deps: AskedPathsDeps): AskedPaths {
  const busyWith = new Map<DeviceId, number>();
  const end = new AbortController();
  let busy = 0;

  function isWelcome({ requester, contentId }: PathAsked): boolean {
    if (end.signal.aborted || busy >= maxBusy) return false;
    if ((busyWith.get(requester.deviceId) ?? 0) >= maxBusyPerDevice) return false;
    if (!deps.hasContent(contentId)) return false;
    try {
      return checkDeviceGrant(requester.grant).deviceId === requester.deviceId;
    } catch {
      return false; // nobody signed that this is anybody's device
    }
  }

  async function dialBack({ pathId, addresses }: PathAsked, signal: AbortSignal): Promise<Duplex> {
    const own = new AbortController();
    const dials = addresses
      .filter(deps.mayDial)
      .map((address) => dialSocket({ ...address }, AbortSignal.any([own.signal, signal])));
    try {
      const socket = await Promise.any(dials);
      for (const dial of dials) {
        dial.then(
          (other) => {
            if (other !== socket) other.destroy();
          },
          () => undefined, // one is enough
        );
      }
      socket.write(`${reversePreface} ${pathId}\n`);
      return socket;
    } catch (error) {
      throw new EnxameError('source-unreachable', undefined, { cause: error });
    } finally {
      own.abort();
    }
  }

  async function help(asked: PathAsked): Promise<void> {
    const signal = endsSoon(deps, end.signal);
    const ways: readonly OpenPipe[] = [
      (waySignal) => dialBack(asked, waySignal),
      (waySignal) => openPunched(deps, asked, waySignal),
      ...(asked.hasRelay ? [] : [(waySignal: AbortSignal) => enterRelay(trackerOf(deps), asked.token, waySignal)]),
    ];
    await Promise.all(
      ways.map(async (open) => {
        try {
          deps.serve(await open(signal));
        } catch (error) {
          deps.logger.debug({ err: error, pathId: asked.pathId }, 'a way that was asked for did not open');
        }
      }),
    );
  }

  const unsubscribe = deps.link.onPush('path:asked', (asked) => {
    if (!isWelcome(asked)) return;
    const { deviceId } = asked.requester;
    busy++;
    busyWith.set(deviceId, (busyWith.get(deviceId) ?? 0) + 1);
    void help(asked).finally(() => {
      busy--;
      const left = (busyWith.get(deviceId) ?? 1) - 1;
      if (left > 0) busyWith.set(deviceId, left);
      else busyWith.delete(deviceId);
    });
  });

  return {
    get busy() {
      return busy;
    },
    close: () => {
      unsubscribe();
      end.abort();
    },
  };
}
