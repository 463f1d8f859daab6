import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { basename } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { turnBytes, type Turn, type TurnReply } from './hash-messages.js';
import { checkedStamp, readFully } from './piece-reader.js';
import { readFlags, toReadError, type FileStamp } from './regular-file.js';

interface Job {
  readonly file: number;
  readonly path: string;
  readonly hash: Hash;
  readonly stamp: FileStamp;
  offset: number;
}

export interface Sha256Reader {
  read(turn: Extract<Turn, { kind: 'sha256' }>): Extract<TurnReply, { kind: 'sha256' }>;
  drop(jobId: number): void;
}

/** The SHA-256 jobs of one worker: each keeps its file open between its turns, for only this hash cannot be split. */
export function createSha256Reader(buffer: Buffer): Sha256Reader {
  const jobs = new Map<number, Job>();

  function openJob(path: string, stamp: FileStamp | null): Job {
    const file = openSync(path, readFlags);
    try {
      return { file, path, hash: createHash('sha256'), stamp: checkedStamp(file, path, stamp), offset: 0 };
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  function drop(jobId: number): void {
    const job = jobs.get(jobId);
    if (job && jobs.delete(jobId)) closeSync(job.file);
  }

  function readOn(job: Job): { bytesRead: number; sha256: string | null } {
    const start = job.offset;
    const end = Math.min(job.stamp.size, start + turnBytes);
    while (job.offset < end) {
      const read = readFully(job.file, buffer, Math.min(buffer.length, end - job.offset), job.offset);
      if (read === 0) throw new EnxameError('file-changed', { name: basename(job.path) });
      job.hash.update(buffer.subarray(0, read));
      job.offset += read;
    }
    checkedStamp(job.file, job.path, job.stamp);
    return { bytesRead: job.offset - start, sha256: end === job.stamp.size ? job.hash.digest('hex') : null };
  }

  return {
    read: ({ jobId, path, stamp }) => {
      try {
        const job = jobs.get(jobId) ?? openJob(path, stamp);
        jobs.set(jobId, job);
        const read = readOn(job);
        if (read.sha256 !== null) drop(jobId);
        return { kind: 'sha256', ...read };
      } catch (error) {
        drop(jobId);
        throw toReadError(error, path);
      }
    },
    drop,
  };
}
