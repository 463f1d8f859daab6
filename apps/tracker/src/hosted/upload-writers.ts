import { Worker } from 'node:worker_threads';
import { toDiskError } from '@enxame/storage/disk-error';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { UploadOrder, UploadReply } from './upload-messages.js';

/** What goes to the thread at a time, and how much of it an upload may have there: a few reads of a TLS connection. */
const chunkBytes = 256 * 1024;
const maxChunksAway = 8;
/** Kept for the next uploads. */
const maxSpareChunks = 32;

export interface WrittenUpload {
  readonly size: number;
  readonly sha256: string;
  readonly pieceHashes: Uint8Array;
}

/** One file on its way to the disk. Calls come one after the other. Throws `tracker-storage-full`, or what broke. */
export interface UploadWriter {
  write(bytes: Uint8Array): Promise<void>;
  /** On disk when it resolves. */
  finish(): Promise<WrittenUpload>;
  /** Nothing is left when it resolves. Twice without harm. */
  drop(): Promise<void>;
}

/** The threads that write and hash uploads. Starts them when there is work; owns their memory. */
export interface UploadWriters {
  open(path: string, pieceBytes: number): UploadWriter;
  close(): Promise<void>;
}

interface Upload {
  readonly handle: (reply: UploadReply) => void;
  readonly fail: (error: unknown) => void;
}

export function createUploadWriters(deps: { readonly workerUrl: URL; readonly threads: number }): UploadWriters {
  const threads: { readonly worker: Worker; readonly uploads: Map<number, Upload> }[] = [];
  const spare: ArrayBuffer[] = [];
  let nextId = 1;

  function pickThread(): (typeof threads)[number] {
    const [idlest] = [...threads].sort((left, right) => left.uploads.size - right.uploads.size);
    if (idlest && (idlest.uploads.size === 0 || threads.length >= deps.threads)) return idlest;
    const worker = new Worker(deps.workerUrl, { name: 'enxame-upload', execArgv: [] });
    const thread = { worker, uploads: new Map<number, Upload>() };
    worker.unref();
    worker.on('message', (reply: UploadReply) => {
      if (reply.kind === 'taken' && spare.length < maxSpareChunks) spare.push(reply.memory);
      thread.uploads.get(reply.id)?.handle(reply);
    });
    const end = (error: unknown): void => {
      const index = threads.indexOf(thread);
      if (index !== -1) threads.splice(index, 1);
      for (const upload of thread.uploads.values()) upload.fail(error);
      thread.uploads.clear();
    };
    worker.on('error', end);
    worker.on('exit', () => {
      end(new Error('an upload thread ended'));
    });
    threads.push(thread);
    return thread;
  }

  function open(path: string, pieceBytes: number): UploadWriter {
    const thread = pickThread();
    const id = nextId++;
    let memory: ArrayBuffer | undefined;
    let filled = 0;
    let away = 0;
    let failure: unknown;
    let waiting: (() => void)[] = [];
    let done: WrittenUpload | undefined;
    let isOver = false;

    const wakeUp = (): void => {
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    };
    thread.uploads.set(id, {
      handle: (reply) => {
        if (reply.kind === 'taken') away--;
        else {
          isOver = true;
          thread.uploads.delete(id);
        }
        if (reply.kind === 'failed') failure = toUploadError(reply.code);
        if (reply.kind === 'done') done = reply;
        wakeUp();
      },
      fail: (error) => {
        isOver = true;
        failure ??= error;
        wakeUp();
      },
    });
    const tell = (order: UploadOrder, transfer: ArrayBuffer[] = []): void => {
      thread.worker.postMessage(order, transfer);
    };
    const change = (): Promise<void> =>
      new Promise((resolve) => {
        waiting.push(resolve);
      });

    async function sendChunk(): Promise<void> {
      if (!memory || filled === 0) return;
      const full = memory;
      memory = undefined;
      away++;
      tell({ kind: 'bytes', id, memory: full, bytes: filled }, [full]);
      filled = 0;
      while (away >= maxChunksAway && failure === undefined) await change();
    }

    tell({ kind: 'open', id, path, pieceBytes });
    return {
      write: async (bytes) => {
        for (let start = 0; start < bytes.length;) {
          if (failure !== undefined) throw failure as Error;
          memory ??= spare.pop() ?? new ArrayBuffer(chunkBytes);
          const part = bytes.subarray(start, start + chunkBytes - filled);
          new Uint8Array(memory).set(part, filled);
          filled += part.length;
          start += part.length;
          if (filled === chunkBytes) await sendChunk();
        }
      },
      finish: async () => {
        await sendChunk();
        tell({ kind: 'end', id });
        while (!done && failure === undefined) await change();
        if (!done) throw failure as Error;
        return done;
      },
      drop: async () => {
        const isOpen = (): boolean => !isOver;
        if (!isOpen()) return;
        failure ??= new EnxameError('cancelled');
        wakeUp();
        tell({ kind: 'drop', id });
        // A `drop` that comes when all was written finds nothing; whoever has the file by then removes it.
        while (isOpen()) await change();
      },
    };
  }

  return {
    open,
    close: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}

function toUploadError(code: string): unknown {
  const error = toDiskError(Object.assign(new Error(code), { code }), '');
  return isErrorWithCode(error, 'disk-full') ? new EnxameError('tracker-storage-full') : error;
}
