import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import type { ErrorCode } from '@enxame/shared/errors/error-codes';
import type { TransferId } from '@enxame/shared/ids';
import type { Journal } from '@enxame/storage/journal';
import type { Logger } from 'pino';
import type { Timers } from '../library/timers.js';
import { freeBytes, reserveBytes } from '../preflight/room.js';
import { createBackoff, type Backoff } from '../waiting/backoff.js';
import type { DownloadRecord } from './download-record.js';

/**
 * Downloads that this computer's disk ended go on by themselves once it can take them: there is room again, a drive is
 * back, a folder may be written to. Owns nothing but when to look.
 */
export interface DiskMend {
  /** One more may have ended so. */
  wake(): void;
  /** Twice without harm. */
  close(): Promise<void>;
}

/** Looking costs two calls of the system for each download that waits for its disk. */
const lookMs = 5_000;
/** What fails again though the disk seems well is tried less and less often. */
const maxRetryMs = 10 * 60_000;

/** `file-vanished`: a drive was taken away, and the part file with it. The others are what `toDiskError` says. */
const diskCodes: ReadonlySet<ErrorCode> = new Set([
  'disk-full',
  'disk-failed',
  'folder-missing',
  'folder-not-writable',
  'file-vanished',
] as const);

export const isEndedByDisk = ({ intent, error }: Pick<DownloadRecord, 'intent' | 'error'>): boolean =>
  intent === 'failed' && error !== null && diskCodes.has(error.code);

export function createDiskMend(deps: {
  readonly records: Pick<Journal<DownloadRecord>, 'get' | 'values'>;
  /** Goes on with one that is still ended by the disk, and with no other. */
  readonly resume: (id: TransferId) => Promise<void>;
  readonly timers: Timers;
  readonly random: () => number;
  readonly logger: Logger;
}): DiskMend {
  const { records, timers } = deps;
  /** Of those that were tried: how many looks each is left alone. */
  const tried = new Map<TransferId, { readonly backoff: Backoff; looksLeft: number }>();
  let stopTimer: (() => void) | undefined;
  let looking: Promise<void> | undefined;
  let isClosed = false;

  function schedule(): void {
    if (!isClosed && !looking) stopTimer ??= timers.after(lookMs, look);
  }

  function look(): void {
    stopTimer = undefined;
    let isNeeded = true;
    looking = lookAtAll()
      .then((left) => {
        isNeeded = left;
      })
      .catch((error: unknown) => {
        deps.logger.error({ err: error }, 'downloads that wait for a disk could not be looked at');
      })
      .finally(() => {
        looking = undefined;
        if (isNeeded) schedule();
      });
  }

  /** Whether to look again. */
  async function lookAtAll(): Promise<boolean> {
    for (const id of tried.keys()) {
      const record = records.get(id);
      // One that runs may end the same way.
      if (record?.intent !== 'run' && !(record && isEndedByDisk(record))) tried.delete(id);
    }
    const ended = [...records.values()].filter(isEndedByDisk);
    for (const record of ended) {
      if (isClosed) return false;
      const { id } = record;
      const before = tried.get(id);
      if ((before && before.looksLeft-- > 0) || !(await canTake(record))) continue;
      const backoff = before?.backoff ?? createBackoff({ firstMs: 2 * lookMs, maxMs: maxRetryMs, random: deps.random });
      tried.set(id, { backoff, looksLeft: Math.round(backoff.nextMs() / lookMs) });
      await deps.resume(id);
    }
    return ended.length > 0;
  }

  return {
    wake: schedule,
    close: async () => {
      isClosed = true;
      stopTimer?.();
      stopTimer = undefined;
      await looking;
    },
  };
}

/** Whether the disk would take the rest of it now, as far as can be told without writing. */
async function canTake({ folder, size, bytesDone }: DownloadRecord): Promise<boolean> {
  try {
    if (!(await stat(folder)).isDirectory()) return false;
    await access(folder, constants.W_OK);
    return (await freeBytes(folder)) >= size - bytesDone + reserveBytes;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false; // not there, or not to be written to
    throw error;
  }
}
