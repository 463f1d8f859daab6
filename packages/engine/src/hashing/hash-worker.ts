/**
 * One hashing thread. Does one turn at a time, to the end, and answers; what goes next is the pool's decision. Owns the
 * open files and running states of the SHA-256 jobs that were given to it, until they end or are dropped.
 *
 * Reads are synchronous on purpose: this thread has nothing else to do, and from the page cache they are nearly twice as
 * fast as reads through the thread pool. The buffer is small enough to stay in the processor's cache between reading
 * and hashing.
 */
import { parentPort } from 'node:worker_threads';
import { toErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { Turn, TurnReply } from './hash-messages.js';
import { createPieceReader } from './piece-reader.js';
import { createSmallFileReader } from './small-file-reader.js';
import { createSha256Reader } from './sha256-reader.js';

if (!parentPort) throw new Error('hash-worker runs as a worker thread');
const port = parentPort;
const buffer = Buffer.allocUnsafeSlow(256 * 1024);
const pieces = createPieceReader(buffer);
const smallFiles = createSmallFileReader(buffer);
const sha256 = createSha256Reader(buffer);

port.on('message', (turn: Turn) => {
  if (turn.kind === 'drop') {
    sha256.drop(turn.jobId);
    return;
  }
  let reply: TurnReply;
  try {
    reply = answer(turn);
  } catch (error) {
    reply = { kind: 'failed', error: toErrorInfo(error) };
  }
  port.postMessage(reply);
});

function answer(turn: Exclude<Turn, { kind: 'drop' }>): TurnReply {
  switch (turn.kind) {
    case 'pieces':
      return pieces.read(turn);
    case 'small-files':
      return { kind: 'small-files', results: turn.files.map((file) => smallFiles.read(file)) };
    case 'sha256':
      return sha256.read(turn);
  }
}
