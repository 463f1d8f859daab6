/**
 * One source of one content: dials it, asks what it has, fetches what the board gives it, and waits when it fails. Owns
 * its connection and what is asked over it; the swarm owns the board, and decides who is a source at all.
 */
import { EnxameError, isErrorWithCode, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { QueuePlace, TransferSource } from '@enxame/shared/engine/transfer';
import { manifestPath } from '@enxame/shared/peer/paths';
import type { Source } from '@enxame/shared/tracker/person';
import type { PeerConnection } from '../peer/peer-connection.js';
import { createBackoff } from '../waiting/backoff.js';
import type { LinkHost, ManifestTask, PiecesTask, SourceLink } from './link-host.js';
import { createNap } from './nap.js';
import { createPace } from './pace.js';
import { isSourceFault, toSourceError } from './source-faults.js';
import { createSourceFetcher, type SourceFetcher } from './source-fetcher.js';
import { createSourceLine } from './source-line.js';
import { toQueueWait } from './source-queue.js';

const firstRetryMs = 1000;
const maxRetryMs = 30_000;

export function createSourceLink(first: Source, host: LinkHost): SourceLink {
  const ended = new AbortController();
  const isEnded = (): boolean => ended.signal.aborted;
  const pace = createPace(host.timers.now);
  const backoff = createBackoff({ firstMs: firstRetryMs, maxMs: maxRetryMs, random: host.random });
  const nap = createNap(host.timers);
  const line = createSourceLine(host, ended.signal, () => {
    nap.wake('work');
  });
  let source = first;
  let state: TransferSource['state'] = 'connecting';
  let error: ErrorInfo | null = null;
  let queue: QueuePlace | null = null;
  let bytesDone = 0;
  let fetcher: SourceFetcher | undefined;
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
        await step();
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
    host.onFailed(link, failure);
    if (!isEnded()) await nap.sleep(backoff.nextMs(), 'retry');
  }

  function letGo(): void {
    line.hangUp();
    fetcher?.close();
    fetcher = undefined;
    rest();
    host.onFreed();
  }

  function rest(): void {
    giveTurnBack?.();
    giveTurnBack = undefined;
  }

  async function idle(ms: number): Promise<void> {
    rest();
    setState('idle');
    await nap.sleep(ms, 'work');
  }

  async function connect(): Promise<PeerConnection> {
    giveTurnBack ??= await host.takeTurn(ended.signal);
    return line.get(source, () => {
      setState('connecting');
    });
  }

  async function step(): Promise<void> {
    const task = host.task();
    if (task?.kind === 'manifest') await fetchManifest(task);
    else if (task) await fetchPieces(task);
    else await idle(maxRetryMs);
  }

  async function fetchManifest(task: ManifestTask): Promise<void> {
    const connection = await connect();
    if (!task.begin(link)) {
      await idle(maxRetryMs);
      return;
    }
    setState('moving');
    try {
      await task.take(await connection.get(manifestPath(host.contentId), host.authority(), task.maxBytes));
    } finally {
      task.end(link);
    }
  }

  async function fetchPieces(task: PiecesTask): Promise<void> {
    const own = (fetcher ??= createSourceFetcher({
      host,
      task,
      pace,
      hasBetter: () => line.hasBetter,
      onBegin: () => {
        setState('moving');
      },
      onProgress: (bytes) => {
        backoff.reset();
        host.onProgress(bytes);
      },
      onVerified: (index) => {
        bytesDone += task.settle(index, link);
      },
    }));
    if (own.needsHave(source)) await own.askHave(source, await connect());
    // What it is to bring is decided when it is there: nobody waits for pieces of one that is still being dialled.
    const fetched = own.canFetch(source) && (await own.fetch(source, await connect(), ended.signal));
    if (!fetched) await idle(own.nextHaveMs(source) ?? maxRetryMs);
  }

  const link: SourceLink = {
    get source() {
      return source;
    },
    get moving() {
      return fetcher?.moving;
    },
    get view() {
      const { deviceId, userName } = source;
      return {
        deviceId,
        userName,
        state,
        path: line.current?.pathKind ?? null,
        betterPathError: line.current?.betterPathError ?? null,
        bytesPerSecond: state === 'moving' ? pace.bytesPerSecond : 0,
        bytesDone,
        piecesHeld: fetcher?.heldCount ?? null,
        queue,
        error,
      };
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
    pieceCame: (index) => {
      fetcher?.pieceCame(index);
    },
    close: () => {
      ended.abort();
      line.hangUp();
      nap.wake('retry');
      return living;
    },
  };
  const living = live();
  return link;
}
