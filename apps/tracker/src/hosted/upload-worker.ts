/**
 * A thread that writes uploads and hashes them on the way: the tracker's own thread copies bytes and decides nothing
 * else meanwhile. Owns the files that it opened until `done` or `dropped`.
 */
import { parentPort } from 'node:worker_threads';
import type { UploadOrder, UploadReply } from './upload-messages.js';
import { openUploadFile, type UploadFile } from './upload-file.js';

if (!parentPort) throw new Error('upload-worker runs as a worker thread');
const port = parentPort;
const files = new Map<number, UploadFile>();

port.on('message', (order: UploadOrder) => {
  const { id } = order;
  const transfer: ArrayBuffer[] = [];
  let reply: UploadReply | undefined;
  try {
    reply = handle(order);
  } catch (error) {
    files.get(id)?.drop();
    files.delete(id);
    reply = { kind: 'failed', id, code: (error as NodeJS.ErrnoException).code ?? 'EIO' };
  }
  if (reply?.kind === 'taken') transfer.push(reply.memory);
  if (reply) port.postMessage(reply, transfer);
});

function handle(order: UploadOrder): UploadReply | undefined {
  const { id } = order;
  switch (order.kind) {
    case 'open':
      files.set(id, openUploadFile(order.path, order.pieceBytes));
      return undefined;
    case 'bytes':
      files.get(id)?.write(Buffer.from(order.memory, 0, order.bytes));
      return { kind: 'taken', id, memory: order.memory };
    case 'end': {
      const file = files.get(id);
      if (!file) return undefined;
      const result = file.finish();
      files.delete(id);
      return { kind: 'done', id, ...result };
    }
    case 'drop':
      files.get(id)?.drop();
      files.delete(id);
      return { kind: 'dropped', id };
  }
}
