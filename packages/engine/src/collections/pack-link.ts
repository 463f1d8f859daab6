/** One source of a folder's small files: dials it, asks for packs, and waits when it fails. Owns its connection. */
import { EnxameError, isErrorWithCode, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { QueuePlace, TransferSource } from '@enxame/shared/engine/transfer';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import { packPath } from '@enxame/shared/peer/pack';
import type { Source } from '@enxame/shared/tracker/person';
import type { FileStamp } from '../hashing/regular-file.js';
import type { Timers } from '../library/timers.js';
import type { Authority } from '../peer/authority.js';
import type { ConnectOptions } from '../peer/paths/source-paths.js';
import type { PeerConnection } from '../peer/peer-connection.js';
import { createRateMeter } from '../peer/rate-meter.js';
import { createNap } from '../transfers/nap.js';
import { isSourceFault, toSourceError } from '../transfers/source-faults.js';
import { createSourceLine } from '../transfers/source-line.js';
import { toQueueWait } from '../transfers/source-queue.js';
import { createBackoff } from '../waiting/backoff.js';
import type { PackBoard } from './pack-board.js';
import type { PackLacks } from './pack-lacks.js';
import type { PackWriter } from './pack-writer.js';

export interface PackLinkHost {
  readonly collectionId: ContentId;
  readonly board: PackBoard;
  readonly writer: PackWriter;
  readonly timers: Timers;
  readonly random: () => number;
  authority(): Authority;
  connect(source: Source, options: Omit<ConnectOptions, 'contentId'>): Promise<PeerConnection>;
  readonly takeTurn: (signal: AbortSignal) => Promise<() => void>;
  /** It sent a wrong file. True: it has sent enough of them. */
  strike(deviceId: DeviceId): boolean;
  sizeOf(index: number): number;
  /** A file is verified and written. */
  onFile(index: number, stamp: FileStamp): void;
  /** A pack is done. */
  onWritten(bytes: number): void;
  onChange(): void;
  onFailed(link: PackLink, failure: EnxameError): void;
  /** Files came free that others may fetch. */
  onFreed(): void;
  /** Ends the download: it is this computer's failure, not the source's. */
  readonly fail: (error: unknown) => void;
}

export interface PackLink {
  readonly source: Source;
  readonly view: TransferSource;
  update(source: Source): void;
  wake(): void;
  redial(): void;
  /** Resolves when nothing of it is under way. Twice without harm. */
  close(): Promise<void>;
}

const firstRetryMs = 1000;
const maxRetryMs = 30_000;

/** `lacks` is common to all connections to the source. */
export function createPackLink(first: Source, lacks: PackLacks, host: PackLinkHost): PackLink {
  const ended = new AbortController();
  const isEnded = (): boolean => ended.signal.aborted;
  const rate = createRateMeter(host.timers.now);
  const backoff = createBackoff({ firstMs: firstRetryMs, maxMs: maxRetryMs, random: host.random });
  const nap = createNap(host.timers);
  const line = createSourceLine(host, ended.signal, () => {
    nap.wake('work');
  });
  /** One pack is verified and written while the next one comes. */
  let writing: Promise<void> = Promise.resolve();
  let source = first;
  let state: TransferSource['state'] = 'connecting';
  let error: ErrorInfo | null = null;
  let queue: QueuePlace | null = null;
  let bytesDone = 0;
  let giveTurnBack: (() => void) | undefined;

  function setState(next: typeof state, why: ErrorInfo | null = null, place: QueuePlace | null = null): void {
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
    await writing.catch(() => undefined); // the step that began it has told why, or nobody asks any more
  }

  async function failed(failure: EnxameError): Promise<void> {
    if (isErrorWithCode(failure, 'source-busy')) {
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
    rest();
    host.onFreed();
  }

  function rest(): void {
    giveTurnBack?.();
    giveTurnBack = undefined;
  }

  async function step(): Promise<void> {
    const indexes = host.board.take(lacks.files);
    if (indexes.length === 0) {
      await writing;
      rest();
      const lastError = lacks.files.size > 0 ? toSourceError({ code: 'file-changed' }, source.userName) : null;
      setState('idle', lastError);
      await nap.sleep(maxRetryMs, 'work');
      lacks.forgetOld();
      return;
    }
    let frame: Uint8Array;
    try {
      giveTurnBack ??= await host.takeTurn(ended.signal);
      const connection = await line.get(source, () => {
        setState('connecting');
      });
      setState('moving');
      frame = await connection.get(
        packPath(host.collectionId, indexes),
        host.authority(),
        host.writer.maxBytes(indexes),
      );
    } catch (failure) {
      host.board.giveBack(indexes);
      host.onFreed();
      throw failure;
    }
    backoff.reset();
    rate.add(frame.length);
    await writing;
    writing = write(indexes, frame);
    writing.catch(() => undefined); // awaited by the next step
  }

  async function write(indexes: readonly number[], frame: Uint8Array): Promise<void> {
    const open = new Set(indexes);
    let bytes = 0;
    let isStruckOut = false;
    try {
      const results = await host.writer.write(indexes, frame);
      for (const [at, index] of indexes.entries()) {
        const result = results[at];
        // Asked for again at once: three of them, and it is no source any more.
        if (result === 'wrong' || result === undefined) {
          isStruckOut = host.strike(source.deviceId) || isStruckOut;
          continue;
        }
        if (result === 'missing') {
          lacks.add(index);
          continue;
        }
        open.delete(index);
        host.onFile(index, result);
        host.board.settle(index);
        bytes += host.sizeOf(index);
      }
    } finally {
      host.board.giveBack(open);
    }
    bytesDone += bytes;
    host.onWritten(bytes);
    if (open.size > 0) host.onFreed();
    if (isStruckOut) throw new EnxameError('source-lied');
  }

  const link: PackLink = {
    get source() {
      return source;
    },
    get view() {
      const { deviceId, userName } = source;
      return {
        deviceId,
        userName,
        state,
        path: line.current?.pathKind ?? null,
        betterPathError: line.current?.betterPathError ?? null,
        bytesPerSecond: state === 'moving' ? rate.bytesPerSecond() : 0,
        bytesDone,
        piecesHeld: null,
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
