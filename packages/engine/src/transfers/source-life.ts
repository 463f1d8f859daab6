/**
 * What fetching pieces and fetching packs have in common: one source that is dialled, asked step by step, and waited for
 * when it fails. Owns its connection and the turn that it was given.
 */
import { EnxameError, isErrorWithCode, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { QueuePlace, TransferSource } from '@enxame/shared/engine/transfer';
import type { Source } from '@enxame/shared/tracker/person';
import type { PeerConnection } from '../peer/peer-connection.js';
import { createBackoff } from '../waiting/backoff.js';
import type { LinkHost } from './link-host.js';
import { createNap } from './nap.js';
import { isSourceFault, toSourceError } from './source-faults.js';
import { createSourceLine, type SourceLine } from './source-line.js';
import { toQueueWait } from './source-queue.js';

const firstRetryMs = 1000;
const maxRetryMs = 30_000;

/** What a source that is asked for anything needs of the download. */
export type LifeHost = Pick<LinkHost, 'timers' | 'random' | 'connect' | 'takeTurn' | 'onChange' | 'onFreed' | 'fail'>;

export interface LifeSteps {
  /** The next thing to do; runs again as soon as it resolves. Throws what the source did wrong. */
  step(): Promise<void>;
  /** What is under way with this source is given up. */
  letGo(): void;
  onFailed(failure: EnxameError): void;
}

export interface SourceLife {
  readonly source: Source;
  readonly line: Pick<SourceLine, 'hasBetter'>;
  /** Aborted by `close`. */
  readonly signal: AbortSignal;
  /** `moved`: what the steps know. The rate counts while it moves. */
  view(moved: Pick<TransferSource, 'bytesPerSecond' | 'bytesDone' | 'piecesHeld'>): TransferSource;
  /** Its connection, dialled where there is none, once the network may be used. Throws as `SourcePaths.connect`. */
  connect(): Promise<PeerConnection>;
  readonly setMoving: () => void;
  /** Bytes came: the next failure is the first one. */
  cameThrough(): void;
  /** Gives the turn back until there may be something to do, at most for `ms`. */
  idle(ms?: number, why?: ErrorInfo | null): Promise<void>;
  /** The tracker tells of it anew: at other addresses it is dialled at once, unless what there is works. */
  readonly update: (source: Source) => void;
  readonly wake: () => void;
  readonly redial: () => void;
  /** Resolves when no step is under way. Twice without harm. */
  readonly close: () => Promise<void>;
}

/** The first step is taken after the caller has got what this returns. */
export function startSourceLife(first: Source, host: LifeHost, steps: LifeSteps): SourceLife {
  const ended = new AbortController();
  const isEnded = (): boolean => ended.signal.aborted;
  const backoff = createBackoff({ firstMs: firstRetryMs, maxMs: maxRetryMs, random: host.random });
  const nap = createNap(host.timers);
  const line = createSourceLine(host, ended.signal, () => {
    nap.wake('work');
  });
  let source = first;
  let state: TransferSource['state'] = 'connecting';
  let error: ErrorInfo | null = null;
  let queue: QueuePlace | null = null;
  let giveTurnBack: (() => void) | undefined;

  function setState(next: typeof state, why: ErrorInfo | null = null, place: QueuePlace | null = null): void {
    if (next === state && why === error && place === queue) return;
    [state, error, queue] = [next, why, place];
    host.onChange();
  }

  async function live(): Promise<void> {
    await Promise.resolve(); // whoever made it must know it before it does anything
    while (!isEnded()) {
      try {
        await steps.step();
      } catch (failure) {
        if (isEnded()) break;
        if (isErrorWithCode(failure, 'cancelled'))
          await failed(new EnxameError('source-unreachable')); // by `redial`
        else if (failure instanceof EnxameError && isSourceFault(failure.code)) await failed(failure);
        else {
          host.fail(failure);
          break;
        }
      }
    }
    letGo();
  }

  async function failed(failure: EnxameError): Promise<void> {
    if (isErrorWithCode(failure, 'source-busy')) {
      // Its connection stays: the turn may come soon.
      const { place, retryMs } = toQueueWait(failure, host.random);
      rest();
      setState('queued', null, place);
      await nap.sleep(retryMs, 'retry');
      return;
    }
    letGo();
    setState('failed', toSourceError(failure, source.userName));
    steps.onFailed(failure);
    if (!isEnded()) await nap.sleep(backoff.nextMs(), 'retry');
  }

  function letGo(): void {
    line.hangUp();
    steps.letGo();
    rest();
    host.onFreed();
  }

  function rest(): void {
    giveTurnBack?.();
    giveTurnBack = undefined;
  }

  const living = live();
  return {
    get source() {
      return source;
    },
    line,
    signal: ended.signal,
    view: ({ bytesPerSecond, bytesDone, piecesHeld }) => {
      const { deviceId, userName } = source;
      return {
        deviceId,
        userName,
        state,
        path: line.current?.pathKind ?? null,
        betterPathError: line.current?.betterPathError ?? null,
        bytesPerSecond: state === 'moving' ? bytesPerSecond : 0,
        bytesDone,
        piecesHeld,
        queue,
        error,
      };
    },
    connect: async () => {
      giveTurnBack ??= await host.takeTurn(ended.signal);
      return line.get(source, () => {
        setState('connecting');
      });
    },
    setMoving: () => {
      setState('moving');
    },
    cameThrough: () => {
      backoff.reset();
    },
    idle: async (ms = maxRetryMs, why = null) => {
      rest();
      setState('idle', why);
      await nap.sleep(ms, 'work');
    },
    update: (next) => {
      const hasMoved = JSON.stringify(next.addresses) !== JSON.stringify(source.addresses);
      source = next;
      if (hasMoved && !line.current) {
        backoff.reset();
        nap.wake('retry');
      } else nap.wake('work');
    },
    wake: () => {
      nap.wake('work');
    },
    redial: () => {
      backoff.reset();
      line.hangUp();
      nap.wake('retry');
    },
    close: () => {
      ended.abort();
      line.hangUp();
      nap.wake('retry');
      return living;
    },
  };
}
