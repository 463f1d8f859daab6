import { deadline } from '@enxame/wormhole/deadline';
import { setTimeout as delay } from 'node:timers/promises';
import type { PathKind } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';
import { createBackoff } from '../../waiting/backoff.js';
import { dialPeer, type PeerConnection, type PeerDialling } from '../peer-connection.js';
import type { PeerWay } from '../peer-socket.js';
import type { HelpedPath } from './helped-paths.js';
import { dialHosted, type PinnedTracker } from './hosted-path.js';
import { toPathKind } from './path-kind.js';
import { createPathRace, isStraight, type PathRace } from './path-race.js';

/** All the ways by which this device reaches the devices that serve contents. */
export interface SourcePaths {
  /**
   * Resolves with the first connection that works, to the device that was meant. Goes on looking for a better path
   * until the signal; each connection by a better one comes through `onBetter`, which then owns it: the one before
   * stays as it is, and whoever got it closes it when nothing of it is needed any more.
   * Throws `source-unreachable`, `source-identity`, `relay-refused`, `cancelled`. The signal also ends the connections.
   */
  connect(source: Source, options: ConnectOptions): Promise<PeerConnection>;
}

export interface ConnectOptions {
  /** What is wanted of it: the tracker asks a device to dial back only for a content that it serves. */
  readonly contentId: ContentId;
  readonly signal: AbortSignal;
  readonly onBetter: (connection: PeerConnection) => void;
  /** Why a way did not work, as each fails. */
  readonly onFailed?: (kind: PathKind, error: unknown) => void;
}

export interface SourcePathsDeps {
  readonly tls: { readonly key: string; readonly cert: string };
  /** Without it, only addresses are dialled. */
  readonly helped?: { readonly ask: AskForHelp; readonly random: () => number };
  readonly waits?: Partial<PathWaits>;
  /** The tracker in use, for its own copies. */
  readonly tracker?: () => PinnedTracker | undefined;
}

/** Calls for ways that need the other side, and gives what opens each of them. Throws why there are none. */
export type AskForHelp = (
  source: Source,
  wanted: { readonly contentId: ContentId; readonly hasRelay: boolean },
) => Promise<readonly HelpedPath[]>;

export interface PathWaits {
  readonly dialMs: number;
  /** A path that works waits so long for a better one that is on its way. */
  readonly graceMs: number;
  /** Addresses are given so long before anybody else is troubled. */
  readonly headStartMs: number;
  /** After a round that left only the relay, and doubling from there. */
  readonly firstRetryMs: number;
  readonly maxRetryMs: number;
}

/** The other side has had time to come, and whoever is between has had time to answer. */
const namedMs = 4000;

const defaultWaits: PathWaits = {
  dialMs: 10_000,
  graceMs: 250,
  headStartMs: 300,
  firstRetryMs: 30_000,
  maxRetryMs: 600_000,
};

export function createSourcePaths(deps: SourcePathsDeps): SourcePaths {
  const waits = { ...defaultWaits, ...deps.waits };

  /** Resolves when all of them have failed. */
  async function beginDials(race: PathRace, source: Source, dial: Dial): Promise<void> {
    const dials = source.addresses.map(
      (address) =>
        new Promise<void>((settle) => {
          race.begin(toPathKind(address), (signal) =>
            dial({ address }, AbortSignal.any([signal, deadline(waits.dialMs)])).catch((error: unknown) => {
              settle();
              throw error;
            }),
          );
        }),
    );
    await Promise.all(dials);
  }

  /** Asks for help. That it cannot be had is one more path that failed, and the others go on. */
  async function beginHelped(race: PathRace, source: Source, options: ConnectOptions, dial: Dial): Promise<void> {
    const { helped } = deps;
    if (!helped) return;
    const hasRelay = race.best?.pathKind === 'relay' && !race.best.isClosed;
    let ways;
    try {
      ways = await helped.ask(source, { contentId: options.contentId, hasRelay });
    } catch (error) {
      race.begin('relay', async () => {
        await Promise.resolve();
        throw error;
      });
      return;
    }
    for (const way of ways) race.begin(way.kind, (signal) => dialHelped(way, dial, signal));
  }

  async function runRound(race: PathRace, source: Source, options: ConnectOptions, dial: Dial): Promise<void> {
    // Where no address can be reached from here at all, there is nothing to wait for.
    const allFailed = beginDials(race, source, dial);
    await Promise.race([race.first, allFailed, delay(waits.headStartMs)]).catch(() => undefined);
    if (!options.signal.aborted && !(race.best && isStraight(race.best.pathKind))) {
      await beginHelped(race, source, options, dial);
    }
    race.endRound();
    await race.quiet;
  }

  /** A relayed connection costs somebody else's bandwidth: a better path may open when a router or a network changes. */
  async function improve(race: PathRace, source: Source, options: ConnectOptions, dial: Dial): Promise<void> {
    if (!deps.helped) return;
    const { random } = deps.helped;
    const backoff = createBackoff({ firstMs: waits.firstRetryMs, maxMs: waits.maxRetryMs, random });
    const mayImprove = (): boolean => race.best?.pathKind === 'relay' && !race.best.isClosed && !options.signal.aborted;
    while (mayImprove()) {
      await delay(backoff.nextMs(), undefined, { signal: options.signal, ref: false });
      if (!mayImprove()) return;
      race.newRound();
      await runRound(race, source, options, dial);
    }
  }

  return {
    connect: async (source, options) => {
      const { signal } = options;
      if (source.hosted) {
        const tracker = deps.tracker?.();
        if (!tracker) throw new EnxameError('source-unreachable', { name: source.userName });
        return dialHosted(source, tracker, { tls: deps.tls, signal });
      }
      const race = createPathRace({
        sourceName: source.userName,
        graceMs: waits.graceMs,
        onBetter: options.onBetter,
        onFailed: options.onFailed,
      });
      const stop = (): void => {
        race.stop();
      };
      if (signal.aborted) throw new EnxameError('cancelled');
      signal.addEventListener('abort', stop, { once: true });
      const dial: Dial = async (way, dialSignal) => {
        const dialling: PeerDialling = {
          deviceId: source.deviceId,
          tls: deps.tls,
          dialSignal,
          signal,
          betterPathError: () => race.errorAbove(connection.pathKind),
        };
        const connection: PeerConnection = await dialPeer({ ...dialling, ...way });
        return connection;
      };
      runRound(race, source, options, dial)
        .then(() => improve(race, source, options, dial))
        .catch(() => undefined) // the signal ended a wait
        .finally(() => {
          signal.removeEventListener('abort', stop);
        });
      return race.first;
    },
  };
}

async function dialHelped(way: HelpedPath, dial: Dial, signal: AbortSignal): Promise<PeerConnection> {
  if (way.named) {
    try {
      return await dial({ ...way.named, kindOfPath: way.kind }, AbortSignal.any([signal, deadline(namedMs)]));
    } catch (error) {
      // A tracker that does not know the name, or a proxy that ends TLS, answers as itself; and no refusal has words here.
      if (signal.aborted) throw error;
    }
  }
  return dial({ pipe: await way.open(signal), pathKind: way.kind }, signal);
}

/** A pipe that is not there any more is closed by who opens it; TLS on it is this side's. */
type Dial = (way: PeerWay & Pick<PeerDialling, 'kindOfPath'>, dialSignal: AbortSignal) => Promise<PeerConnection>;
