import { Worker } from 'node:worker_threads';
import type { UserId } from '@enxame/shared/ids';
import type { EntryColumns } from '../domain/entry-columns.js';
import type { StoredEntry } from '../domain/stored-entry.js';

export interface CatalogueJob {
  readonly path: string;
  readonly userId: UserId;
}

/** `sound`: the file is there and every line of it is as it should be. */
export type CatalogueReply =
  | {
      readonly sound: true;
      readonly columns: EntryColumns;
      readonly restricted: readonly StoredEntry[];
      readonly lines: number;
      readonly end: number;
    }
  | { readonly sound: false };

/** Reads catalogues in another thread, in the order in which they are asked for. */
export interface CatalogueThread {
  /** Rejects when the thread failed. */
  read(job: CatalogueJob): Promise<CatalogueReply>;
  /** Ends the thread; what is being read rejects. Twice without harm. */
  close(): Promise<void>;
}

/** Entries live until their catalogue is read: where they outgrow the young generation they are copied once more, for nothing. */
const resourceLimits = { maxYoungGenerationSizeMb: 96 };

export function startCatalogueThread(workerUrl: URL): CatalogueThread {
  // Without the flags of this process: one that lets it load sources would send a built worker after sources.
  const worker = new Worker(workerUrl, { name: 'enxame-catalogues', execArgv: [], resourceLimits });
  const waiting: { resolve: (reply: CatalogueReply) => void; reject: (error: unknown) => void }[] = [];
  let failure: Error | undefined;

  function fail(error: Error): void {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  }

  worker.on('message', (reply: CatalogueReply) => {
    waiting.shift()?.resolve(reply);
  });
  worker.on('error', fail);
  worker.on('exit', () => {
    fail(new Error('the thread that reads catalogues ended'));
  });

  return {
    read: (job) =>
      new Promise((resolve, reject) => {
        if (failure) {
          reject(failure);
          return;
        }
        waiting.push({ resolve, reject });
        worker.postMessage(job);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}
