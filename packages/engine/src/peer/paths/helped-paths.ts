import { fromBase64url } from '@enxame/identity/encoding';
import { deadline } from '@enxame/wormhole/deadline';
import type { Duplex } from 'node:stream';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { pathLifeMs, toRelayName } from '@enxame/shared/tracker/path';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { TrackerAddress } from '../../tracker/tracker-address.js';
import type { PipeKind } from '../peer-socket.js';
import { enterRelay } from './relay-leg.js';
import type { AskedPath, PathSignals } from './path-signals.js';
import { punch } from './punch.js';
import type { ReverseArrivals } from './reverse-arrivals.js';

/** Opens a raw pipe to the other side of a path; ends with the signal. */
export type OpenPipe = (signal: AbortSignal) => Promise<Duplex>;

/** The relay as an address: who dials it and begins TLS with the name speaks with the other side of the path. */
export interface NamedRelay {
  readonly address: DeviceAddress;
  readonly serverName: string;
}

/** One way with the other side's help. */
export interface HelpedPath {
  readonly kind: PipeKind;
  readonly open: OpenPipe;
  /** Tried first: read straight from the socket, which a pipe cannot be. */
  readonly named?: NamedRelay;
}

export interface HelpedPathDeps {
  readonly signals: PathSignals;
  readonly arrivals: ReverseArrivals;
  /** Where the tracker in use is reached. */
  readonly tracker: () => TrackerAddress | undefined;
  /** A way that has not opened by then does not; `defaultOpenMs` when not given. */
  readonly openMs?: number | undefined;
}

/** Both sides have heard of the path then, and whoever could come has come. */
const defaultOpenMs = Math.min(15_000, pathLifeMs);

/**
 * The ways that need the other side's help, as the one who asked for it. What comes out of each is a raw pipe, in which
 * this side is the TLS client as ever.
 */
export function toHelpedPaths(deps: HelpedPathDeps, path: AskedPath): readonly HelpedPath[] {
  const within = (signal: AbortSignal): AbortSignal => endsSoon(deps, signal);
  const tracker = deps.tracker();
  const named = tracker && {
    address: { host: tracker.host, port: tracker.port },
    serverName: toRelayName(fromBase64url(path.token)),
  };
  return [
    { kind: 'reverse', open: (signal) => deps.arrivals.expect(path.pathId, within(signal)) },
    { kind: 'punched', open: (signal) => openPunched(deps, path, within(signal)) },
    {
      kind: 'relay',
      open: (signal) => enterRelay(trackerOf(deps), path.token, within(signal)),
      ...(named && { named }),
    },
  ];
}

/** The same for both sides. */
export async function openPunched(
  deps: Pick<HelpedPathDeps, 'signals' | 'tracker'>,
  { pathId, token }: AskedPath,
  signal: AbortSignal,
): Promise<Duplex> {
  const own = new AbortController();
  const met = deps.signals.met(pathId, AbortSignal.any([own.signal, signal]));
  met.catch(() => undefined); // looked at when this side has shown itself
  try {
    return await punch({ tracker: trackerOf(deps), token, met, signal });
  } finally {
    own.abort();
  }
}

export const endsSoon = (
  { openMs = defaultOpenMs }: Pick<HelpedPathDeps, 'openMs'>,
  signal: AbortSignal,
): AbortSignal => AbortSignal.any([signal, deadline(openMs)]);

export function trackerOf({ tracker }: Pick<HelpedPathDeps, 'tracker'>): TrackerAddress {
  const address = tracker();
  if (!address) throw new EnxameError('tracker-not-chosen');
  return address;
}
