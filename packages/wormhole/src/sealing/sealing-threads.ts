/**
 * Seals and opens the records of transit connections away from the event loop. Owns the threads, which are started when there is
 * work and keep no process alive. Order of calls: `seal` and `open` as often as wanted, `close`.
 */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { EnxameError, fromErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { SealingJob, SealingReply } from './sealing-job.js';

export interface Sealing {
  /** One record as it goes on the wire. `plain` is copied. Throws `internal`, `cancelled` after `close`. */
  seal(key: Uint8Array, number: bigint, plain: Uint8Array): Promise<Uint8Array>;
  /** What was in whole records from the wire, joined. Takes `framed` away. Throws `source-lied`, `internal`, `cancelled` after `close`. */
  open(key: Uint8Array, number: bigint, framed: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
  /** Twice without harm. */
  close(): Promise<void>;
}

/** More threads than this only wait for the network. */
const maxThreads = 4;

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Waiting[];
}

export function createSealingThreads(deps: {
  /** The built `sealing-worker.js`. */
  readonly workerUrl: () => URL;
  readonly threads?: number;
}): Sealing {
  const most = deps.threads ?? Math.min(maxThreads, availableParallelism());
  const threads = new Set<Thread>();
  let isClosed = false;

  function startThread(): Thread {
    // Without the flags of this process: one that lets it load sources would send a built worker after sources.
    const worker = new Worker(deps.workerUrl(), { name: 'enxame-sealing', execArgv: [] });
    const thread: Thread = { worker, waiting: [] };
    let failure: unknown;
    worker.on('message', (reply: SealingReply) => {
      const waiting = thread.waiting.shift();
      if (thread.waiting.length === 0) worker.unref();
      if ('bytes' in reply) waiting?.resolve(reply.bytes);
      else waiting?.reject(fromErrorInfo(reply.error));
    });
    worker.on('error', (error) => {
      failure = error;
    });
    worker.on('exit', () => {
      threads.delete(thread);
      const reason = isClosed
        ? new EnxameError('cancelled')
        : new EnxameError('internal', undefined, { cause: failure ?? new Error('a sealing thread ended') });
      for (const waiting of thread.waiting.splice(0)) waiting.reject(reason);
    });
    threads.add(thread);
    return thread;
  }

  /** The one with the least to do; another one only when all are at work. */
  function pickThread(): Thread {
    const [first, ...others] = threads;
    if (!first) return startThread();
    const least = others.reduce((best, thread) => (thread.waiting.length < best.waiting.length ? thread : best), first);
    return least.waiting.length > 0 && threads.size < most ? startThread() : least;
  }

  function run(job: SealingJob & { readonly bytes: Uint8Array<ArrayBuffer> }): Promise<Uint8Array> {
    if (isClosed) return Promise.reject(new EnxameError('cancelled'));
    return new Promise((resolve, reject) => {
      const { worker, waiting } = pickThread();
      waiting.push({ resolve, reject });
      worker.ref();
      worker.postMessage(job, [job.bytes.buffer]);
    });
  }

  return {
    // A copy: what a file is read into may be a part of something larger, which must not move away with it.
    seal: (key, number, plain) => run({ kind: 'seal', key, number, bytes: new Uint8Array(plain) }),
    open: (key, number, framed) => run({ kind: 'open', key, number, bytes: framed }),
    close: async () => {
      isClosed = true;
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}
