import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Duplex } from 'node:stream';
import type { ContentId, TrackerId } from '@enxame/shared/ids';
import type { Logger } from 'pino';
import { parseTrackerAddress } from '../../tracker/tracker-address.js';
import type { TrackerLink } from '../../tracker/tracker-session.js';
import type { Prefaces } from '../peer-port.js';
import { createAskedPaths } from './asked-paths.js';
import { mayDialForOthers } from './own-networks.js';
import { toPathKind } from './path-kind.js';
import { createPathSignals } from './path-signals.js';
import { createReverseArrivals } from './reverse-arrivals.js';
import { toHelpedPaths, type HelpedPathDeps } from './helped-paths.js';
import { createSourcePaths, type AskForHelp, type PathWaits, type SourcePaths } from './source-paths.js';

/** Every way between this device and others, in both directions. */
export interface DevicePaths {
  /** To the devices that have what this one wants. */
  readonly toSources: SourcePaths;
  /** For the peer port: devices that dial back. */
  readonly prefaces: Prefaces;
  /** From now on, helps others to reach this device; `serve` gets what leads to them. */
  answerAsked(given: {
    readonly serve: (pipe: Duplex) => void;
    readonly hasContent: (contentId: ContentId) => boolean;
  }): void;
  /** Twice without harm. */
  close(): void;
}

export function createDevicePaths(deps: {
  readonly tls: { readonly key: string; readonly cert: string };
  readonly link: TrackerLink;
  /** Of the tracker in use, as `https://host:port`. */
  readonly trackerUrl: () => string | undefined;
  /** Its pinned key; without it hosted copies are no sources. */
  readonly trackerId?: () => TrackerId | undefined;
  readonly logger: Logger;
  readonly random: () => number;
  readonly waits?: Partial<PathWaits> & { readonly openMs?: number };
  /** For sources that the tracker knows nothing of; undefined: it is the one to ask. */
  readonly askOther?: (...asked: Parameters<AskForHelp>) => ReturnType<AskForHelp> | undefined;
}): DevicePaths {
  const signals = createPathSignals(deps.link);
  const arrivals = createReverseArrivals();
  const closers: { close(): void }[] = [signals];
  const tracker = (): ReturnType<typeof parseTrackerAddress> | undefined => {
    const url = deps.trackerUrl();
    return url === undefined ? undefined : parseTrackerAddress(url);
  };
  const isTrackerHere = (): boolean => {
    const host = tracker()?.host ?? '';
    return host === 'localhost' || (isIP(host) !== 0 && toPathKind({ host, port: 1 }) === 'this-computer');
  };
  const helping: HelpedPathDeps = { signals, arrivals, tracker, openMs: deps.waits?.openMs };
  const ask: AskForHelp = async (source, wanted) => {
    const other = deps.askOther?.(source, wanted);
    if (other) return other;
    return toHelpedPaths(helping, await signals.ask({ ...wanted, deviceId: source.deviceId }));
  };
  return {
    toSources: createSourcePaths({
      tls: deps.tls,
      tracker: () => {
        const [address, trackerId] = [tracker(), deps.trackerId?.()];
        return address && trackerId && { address, trackerId };
      },
      helped: { ask, random: deps.random },
      ...(deps.waits && { waits: deps.waits }),
    }),
    prefaces: arrivals.prefaces,
    answerAsked: ({ serve, hasContent }) => {
      const asked = createAskedPaths({
        link: deps.link,
        signals,
        tracker,
        openMs: deps.waits?.openMs,
        hasContent,
        serve,
        logger: deps.logger,
        mayDial: (address) => {
          const interfaces = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
          return mayDialForOthers(address, interfaces, isTrackerHere());
        },
      });
      closers.push(asked);
    },
    close: () => {
      for (const opened of closers.splice(0).reverse()) opened.close();
    },
  };
}
