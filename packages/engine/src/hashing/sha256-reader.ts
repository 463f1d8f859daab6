import { createHash, type Hash } from 'node:crypto';
import { basename } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { turnBytes, type Turn, type TurnReply } from './hash-messages.js';
import { checkedStamp } from './piece-reader.js';
import { toReadError, type FileStamp } from './regular-file.js';
import { openSha256File, type Sha256File } from './sha256-file.js';

interface Job {
  readonly file: Sha256File;
  readonly path: string;
  readonly hash: Hash;
  readonly stamp: FileStamp;
  offset: number;
}

type Sha256Turn = Extract<Turn, { kind: 'sha256' }>;

export interface Sha256Reader {
  read(turn: Sha256Turn): Extract<TurnReply, { kind: 'sha256' }>;
  drop(jobId: number): void;
}

/** The SHA-256 jobs of one worker: each keeps its file open between its turns, for only this hash cannot be split. */
export function createSha256Reader(buffer: Buffer): Sha256Reader {
  const jobs = new Map<number, Job>();

  function openJob({ path, stamp, isCold }: Sha256Turn): Job {
    const file = openSha256File(path, buffer, isCold);
    try {
      return { file, path, hash: createHash('sha256'), stamp: checkedStamp(file.handle, path, stamp), offset: 0 };
    } catch (error) {
      file.close();
      throw error;
    }
  }

  function drop(jobId: number): void {
    const job = jobs.get(jobId);
    if (job && jobs.delete(jobId)) job.file.close();
  }

  function readOn(job: Job): { bytesRead: number; sha256: string | null } {
    const start = job.offset;
    const end = Math.min(job.stamp.size, start + turnBytes);
    while (job.offset < end) {
      const bytes = job.file.read(job.offset, end - job.offset);
      if (bytes.length === 0) throw new EnxameError('file-changed', { name: basename(job.path) });
      job.hash.update(bytes);
      job.offset += bytes.length;
    }
    checkedStamp(job.file.handle, job.path, job.stamp);
    return { bytesRead: job.offset - start, sha256: end === job.stamp.size ? job.hash.digest('hex') : null };
  }

  return {
    read: (turn) => {
      const { jobId, path } = turn;
      try {
        const job = jobs.get(jobId) ?? openJob(turn);
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
