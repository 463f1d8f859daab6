import { join } from 'node:path';
import { limitsSchema, type Limits, type LimitsStatus } from '@enxame/shared/engine/limits';
import { readJsonDocument, writeJsonDocument, type OnBroken } from '@enxame/storage/json-document';
import { createSingleWriter } from '@enxame/storage/single-writer';
import type { Timers } from '../library/timers.js';
import { isSameRates, nextChangeAt, ratesAt, toLocalWallClock, type ToWallClock } from './schedule.js';

/** The limits as the person set them, and what of them counts now. */
export interface LimitsStore {
  readonly status: LimitsStatus;
  /** Durable when it resolves; what counts changes at once. */
  update(change: Partial<Limits>): Promise<LimitsStatus>;
  readonly close: () => void;
}

const minuteMs = 60_000;

/** Enough that people seldom wait, few enough that each turn is quick; each holds 2 MiB of buffers. */
const defaults: Limits = {
  always: { send: null, receive: null },
  schedule: [],
  people: [],
  uploadSlots: 10,
  downloadSlots: 4,
};

/**
 * Owns `limits.json` and the clock of the schedule: while there is one it is looked at each minute, because neither a
 * sleeping computer nor a clock that somebody sets keeps a timer's promise.
 */
export async function openLimits(
  dataFolder: string,
  deps: {
    readonly onBroken: OnBroken;
    /** Something is set, or counts, that was not; also called once for what was read. */
    readonly onChange: (status: LimitsStatus) => void;
    readonly timers: Timers;
    readonly toWallClock?: ToWallClock;
  },
): Promise<LimitsStore> {
  const { timers, toWallClock = toLocalWallClock } = deps;
  const path = join(dataFolder, 'limits.json');
  let limits = (await readJsonDocument(path, limitsSchema, deps.onBroken)) ?? defaults;
  let status = look();
  let stopClock: (() => void) | undefined;
  const writer = createSingleWriter(() => writeJsonDocument(path, limits));

  function look(): LimitsStatus {
    const now = timers.now();
    return { limits, inForce: ratesAt(limits, toWallClock(now)), changesAt: nextChangeAt(limits, now, toWallClock) };
  }

  function tell(): void {
    status = look();
    stopClock?.();
    stopClock = limits.schedule.length > 0 ? timers.after(minuteMs - (timers.now() % minuteMs), tick) : undefined;
    deps.onChange(status);
  }

  function tick(): void {
    const now = timers.now();
    const isDue = status.changesAt === null || now >= status.changesAt;
    if (isDue || !isSameRates(ratesAt(limits, toWallClock(now)), status.inForce)) tell();
    else stopClock = timers.after(minuteMs - (now % minuteMs), tick);
  }

  tell();
  return {
    get status() {
      return status;
    },
    update: async (change) => {
      const before = limits;
      const next = (limits = { ...limits, ...change });
      try {
        await writer.save();
      } catch (error) {
        if (limits === next) limits = before;
        throw error;
      }
      tell();
      return status;
    },
    close: () => stopClock?.(),
  };
}
