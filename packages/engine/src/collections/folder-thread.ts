/** One thread for work on many files. Owns the worker: started by the first task, replaced when it dies. */
import { Worker } from 'node:worker_threads';
import { EnxameError, fromErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { FolderTaskMessage, FolderTaskName, FolderTaskReply, FolderTasks } from './folder-tasks.js';

export interface FolderThread {
  /**
   * One task after the other, in their order. The buffers of `handOver` are gone here afterwards. Throws what the task
   * throws; `internal` when the thread died; `engine-stopped` after `close`.
   */
  run<K extends FolderTaskName>(
    name: K,
    input: FolderTasks[K]['input'],
    handOver?: readonly ArrayBuffer[],
  ): Promise<FolderTasks[K]['output']>;
  /** Twice without harm. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** `workerUrl` is the built `folder-worker.js`. */
export function createFolderThread(workerUrl: URL): FolderThread {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | undefined;
  let nextId = 1;
  let closed = false;

  function failAll(error: Error): void {
    const all = [...waiting.values()];
    waiting.clear();
    for (const { reject } of all) reject(error);
  }

  function start(): Worker {
    const started = new Worker(workerUrl, { name: 'enxame-folders', execArgv: [] });
    let failure: unknown;
    started.on('message', (reply: FolderTaskReply) => {
      const task = waiting.get(reply.id);
      waiting.delete(reply.id);
      if (waiting.size === 0) started.unref();
      if ('error' in reply) task?.reject(fromErrorInfo(reply.error));
      else task?.resolve(reply.output);
    });
    started.on('error', (error) => {
      failure = error;
    });
    started.on('exit', () => {
      if (worker !== started) return;
      worker = undefined;
      failAll(new EnxameError('internal', undefined, { cause: failure }));
    });
    return started;
  }

  return {
    run: (name, input, handOver = []) =>
      new Promise((resolve, reject) => {
        if (closed) {
          reject(new EnxameError('engine-stopped'));
          return;
        }
        const id = nextId++;
        waiting.set(id, { resolve: resolve as (output: unknown) => void, reject });
        worker ??= start();
        worker.ref();
        worker.postMessage({ id, name, input } satisfies FolderTaskMessage, [...handOver]);
      }),
    close: async () => {
      closed = true;
      const ending = worker;
      worker = undefined;
      failAll(new EnxameError('engine-stopped'));
      await ending?.terminate();
    },
  };
}
