/** One sealing thread: one job after the other, answered in order. Keeps nothing. */
import { parentPort } from 'node:worker_threads';
import { toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { openRecords, sealRecord } from './record-seals.js';
import type { SealingJob, SealingReply } from './sealing-job.js';

if (!parentPort) throw new Error('sealing-worker runs as a worker thread');
const port = parentPort;

port.on('message', ({ kind, key, number, bytes }: SealingJob) => {
  let reply: SealingReply;
  try {
    reply = { bytes: kind === 'seal' ? sealRecord(key, number, bytes) : openRecords(key, number, bytes) };
  } catch (error) {
    reply = { error: toErrorInfo(error) };
  }
  port.postMessage(reply, 'bytes' in reply ? [reply.bytes.buffer as ArrayBuffer] : []);
});
