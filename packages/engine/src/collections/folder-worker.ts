/**
 * The folder thread: does one task at a time, to the end, and answers. Knows nothing of collections but their documents;
 * what is to be done, and where, is the main thread's decision.
 */
import { constants, copyFileSync, lstatSync, mkdirSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { createCollectionParser } from '@enxame/shared/content/collection-parser';
import { maxCollectionEntries } from '@enxame/shared/content/collection';
import { EnxameError, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { toDiskError } from '@enxame/storage/disk-error';
import { stampOf, type FileStamp } from '../hashing/regular-file.js';
import { flushFiles } from './flush-files.js';
import type { FolderTaskMessage, FolderTaskName, FolderTaskReply, FolderTasks } from './folder-tasks.js';
import { readPack, writePack } from './pack-files.js';

if (!parentPort) throw new Error('folder-worker runs as a worker thread');
const port = parentPort;

const tasks: { [K in FolderTaskName]: (input: FolderTasks[K]['input']) => FolderTasks[K]['output'] } = {
  parse: ({ document }) => {
    const collection = createCollectionParser(document).step(maxCollectionEntries);
    if (!collection) throw new EnxameError('collection-invalid');
    return { document, offsets: collection.offsets, fileCount: collection.fileCount };
  },
  read: readPack,
  write: writePack,
  'make-folders': ({ folders }) => {
    for (const folder of folders) mkdirSync(folder, { recursive: true });
    return null;
  },
  copy: ({ copies }) => ({
    errors: copies.map(({ from, to }) => {
      try {
        copyFileSync(from, to, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
        return null;
      } catch (error) {
        return toErrorInfo(toDiskError(error, to));
      }
    }),
  }),
  look: ({ files }) => ({ stamps: files.map(lookAt) }),
  flush: flushFiles,
};

function lookAt(path: string): FileStamp | null {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() ? stampOf(stats) : null;
}

port.on('message', ({ id, name, input }: FolderTaskMessage) => {
  let reply: FolderTaskReply;
  try {
    reply = { id, output: (tasks[name] as (given: unknown) => unknown)(input) };
  } catch (error) {
    reply = { id, error: toErrorInfo(toDiskError(error, folderOf(input))) };
  }
  port.postMessage(reply, transferable(reply));
});

function folderOf(input: unknown): string {
  const { folder } = input as { readonly folder?: unknown };
  return typeof folder === 'string' ? folder : '';
}

/** The buffers of a reply are handed over, not copied. */
function transferable(reply: FolderTaskReply): ArrayBuffer[] {
  if (!('output' in reply) || reply.output === null) return [];
  return Object.values(reply.output as object).flatMap((value: unknown) =>
    ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
}
