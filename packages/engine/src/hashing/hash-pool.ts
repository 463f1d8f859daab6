/**
 * The hashing threads of the engine. Owns the workers (started when there is work) and the order of jobs; does not
 * know what a share is. Each call is one job; it fails alone, with `file-changed`, `file-vanished`, `path-unreadable`,
 * `path-is-a-link`, `path-not-a-file`, `file-too-large`, `cancelled` (its signal), `engine-stopped` (close), or
 * `internal` when its thread died, which is then replaced.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Manifest } from '@enxame/shared/content/manifest';
import { EnxameError, fromErrorInfo } from '@enxame/shared/errors/enxame-error';
import {
  createManifestJob,
  createSha256Job,
  createSmallFilesJob,
  createVerifyJob,
  type FileManifest,
  type HashJob,
} from './hash-job.js';
import type { SmallFile, SmallFileResult, Turn, TurnReply } from './hash-messages.js';
import { createHashQueue } from './hash-queue.js';
import type { FileStamp } from './regular-file.js';

export interface HashOptions {
  /** Told the bytes done so far, after each turn of some 32 MiB. */
  readonly onProgress?: (bytesHashed: number) => void;
  readonly signal?: AbortSignal;
  /** Only while no other job waits, and one turn at a time. */
  readonly isBackground?: boolean;
}

export interface HashPool {
  manifest(path: string, options?: HashOptions): Promise<FileManifest>;
  /**
   * Lower-case hex. With `expected`, only of the file that has this stamp; else `file-changed`. `isCold`: the system's cache
   * holds little of it, and is not to be filled with it.
   */
  sha256(
    path: string,
    options?: HashOptions & { readonly expected?: FileStamp; readonly isCold?: boolean },
  ): Promise<string>;
  /** Which pieces of the manifest a part file holds already: one byte a piece, 1 where it verifies. */
  verifyPieces(path: string, manifest: Manifest, options?: HashOptions): Promise<Uint8Array>;
  /**
   * Looks at files and hashes those that are small and not as known, in one turn: so many that a thread is busy for some
   * milliseconds. What is wrong with a file is in its result.
   */
  smallFiles(files: readonly SmallFile[], options?: HashOptions): Promise<readonly SmallFileResult[]>;
  /** Ends all jobs and threads. Twice without harm. */
  close(): Promise<void>;
}

export interface HashPoolDeps {
  /** The built `hash-worker.js`. */
  readonly workerUrl: URL;
  /** At least 2 unless said otherwise: a slow disk must not hold up the files of a fast one. */
  readonly workers?: number;
}

interface Slot {
  worker: Worker | undefined;
  busy: { readonly job: HashJob; readonly turn: Turn } | undefined;
  /** The large SHA-256 whose file is open in this worker. */
  sum: HashJob | undefined;
}

export function createHashPool(deps: HashPoolDeps): HashPool {
  const count = deps.workers ?? Math.max(2, availableParallelism() - 1);
  const slots: Slot[] = Array.from({ length: count }, () => ({ worker: undefined, busy: undefined, sum: undefined }));
  const queue = createHashQueue();
  /** Turns of each unsettled job that are with a worker now. */
  const running = new Map<HashJob, number>();
  let nextId = 1;
  let closing: Promise<unknown> | undefined;

  function dispatch(): void {
    for (const slot of slots) {
      if (!slot.busy) giveTurn(slot);
    }
  }

  function giveTurn(slot: Slot): void {
    for (;;) {
      const job = queue.takeManifest() ?? queue.takeSha256(slot.sum) ?? queue.takeBackground();
      if (!job) return;
      const turn = job.nextTurn();
      if (!turn) continue;
      const turns = (running.get(job) ?? 0) + 1;
      running.set(job, turns);
      if (job.kind === 'sha256' && !job.small) slot.sum = job;
      const maxTurns = queue.isBackground(job) ? 1 : job.maxParallel();
      if (job.kind === 'manifest' && turns < maxTurns) queue.addContinuing(job);
      slot.busy = { job, turn };
      slot.worker ??= startWorker(slot);
      slot.worker.ref();
      slot.worker.postMessage(turn);
      return;
    }
  }

  function startWorker(slot: Slot): Worker {
    // Without the flags of this process: one that lets it load sources would send a built worker after sources.
    const worker = new Worker(deps.workerUrl, { name: 'enxame-hash', execArgv: [] });
    let failure: unknown;
    worker.on('message', (reply: TurnReply) => {
      handleReply(slot, reply);
    });
    worker.on('error', (error) => {
      failure = error;
    });
    worker.on('exit', (code) => {
      if (slot.worker === worker) handleCrash(slot, failure ?? new Error(`hashing thread ended with ${String(code)}`));
    });
    return worker;
  }

  function handleReply(slot: Slot, reply: TurnReply): void {
    const busy = slot.busy;
    slot.busy = undefined;
    slot.worker?.unref();
    if (busy && running.has(busy.job)) finishTurn(slot, busy.job, busy.turn, reply);
    dispatch();
  }

  function finishTurn(slot: Slot, job: HashJob, turn: Turn, reply: TurnReply): void {
    if (reply.kind === 'failed') {
      job.fail(fromErrorInfo(reply.error));
      return;
    }
    running.set(job, (running.get(job) ?? 1) - 1);
    if (job.take(turn, reply)) return;
    // A large SHA-256 stays with its worker; all others may go on anywhere.
    if (slot.sum === job) return;
    queue.remove(job);
    queue.addContinuing(job);
  }

  function handleCrash(slot: Slot, error: unknown): void {
    const { busy, sum } = slot;
    slot.worker = slot.busy = slot.sum = undefined;
    busy?.job.fail(new EnxameError('internal', undefined, { cause: error }));
    if (sum && running.has(sum)) {
      sum.restart();
      queue.add(sum);
    }
    dispatch();
  }

  function forget(job: HashJob): void {
    running.delete(job);
    queue.remove(job);
    for (const slot of slots) {
      if (job.kind !== 'sha256' || (slot.sum !== job && slot.busy?.job !== job)) continue;
      slot.sum = undefined;
      slot.worker?.postMessage({ kind: 'drop', jobId: job.id } satisfies Turn);
    }
  }

  function run<T>(
    options: HashOptions,
    create: (common: {
      id: number;
      onProgress: HashOptions['onProgress'];
      fail: (error: Error) => void;
      resolve: (value: T) => void;
    }) => HashJob,
  ): Promise<T> {
    if (closing) return Promise.reject(new EnxameError('engine-stopped'));
    const { signal, onProgress, isBackground } = options;
    if (signal?.aborted) return Promise.reject(new EnxameError('cancelled'));
    return new Promise<T>((resolve, reject) => {
      const settle = (): void => {
        signal?.removeEventListener('abort', cancel);
        forget(job);
      };
      const fail = (error: Error): void => {
        settle();
        reject(error);
      };
      const cancel = (): void => {
        fail(new EnxameError('cancelled'));
      };
      const job = create({
        id: nextId++,
        onProgress,
        fail,
        resolve: (value) => {
          settle();
          resolve(value);
        },
      });
      signal?.addEventListener('abort', cancel, { once: true });
      running.set(job, 0);
      queue.add(job, isBackground);
      dispatch();
    });
  }

  return {
    manifest: (path, options = {}) => run<FileManifest>(options, (common) => createManifestJob({ ...common, path })),
    sha256: (path, options = {}) =>
      run<string>(options, (common) => {
        const { expected = null, isCold = false } = options;
        return createSha256Job({ ...common, path, expected, isCold });
      }),
    verifyPieces: (path, manifest, options = {}) =>
      run<Uint8Array>(options, (common) => createVerifyJob({ ...common, path, manifest })),
    smallFiles: (files, options = {}) =>
      run<readonly SmallFileResult[]>(options, (common) => createSmallFilesJob({ ...common, files })),
    close: async () => {
      closing ??= (async () => {
        for (const job of [...running.keys()]) job.fail(new EnxameError('engine-stopped'));
        await Promise.all(
          slots.map(async (slot) => {
            const worker = slot.worker;
            slot.worker = slot.busy = slot.sum = undefined;
            await worker?.terminate();
          }),
        );
      })();
      await closing;
    },
  };
}
