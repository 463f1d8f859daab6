import { createHash } from 'node:crypto';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import { maxOnlinePoints, maxTopDownloads } from '@enxame/shared/tracker/stats';
import type { Clock } from '../domain/clock.js';
import {
  maxCountedContents,
  maxRememberedReports,
  type CountedContent,
  type MovedBytes,
  type StatsRecord,
} from './stats-record.js';

/** What was counted may be so much out of date after a crash: it is not worth a write each time. */
export const statsDelayMs = 60_000;
/** People online are noted so often. */
export const onlinePointMs = 10 * 60_000;

/** A content that came or went, as whoever received or sent it says. */
export interface CountedDownload {
  readonly contentId: ContentId;
  readonly name: string;
  readonly bytes: MovedBytes;
  /** All of it arrived. */
  readonly isDownload: boolean;
}

/** Counts, durable within a minute. Owns the numbers; what is there now is asked of others. (T110 to T112) */
export interface Counters {
  readonly totals: Pick<StatsRecord, 'since' | 'downloads' | 'bytes' | 'online'>;
  /** The most downloaded first, of those that are shown. */
  top(isShown: (contentId: ContentId) => boolean): CountedContent[];
  count(download: CountedDownload): void;
  /** As `count`, once for a device and a content. */
  report(deviceId: DeviceId, download: CountedDownload): void;
  /** Writes what waits, and stops. */
  close(): Promise<void>;
}

export function createCounters(deps: {
  readonly record: StatsRecord;
  readonly clock: Clock;
  readonly usersOnline: () => number;
  readonly save: (record: StatsRecord) => Promise<void>;
  readonly onLateFailure: (error: unknown) => void;
}): Counters {
  const { clock, record } = deps;
  const contents = new Map(record.contents.map((content) => [content.contentId, content]));
  const reports = new Set(record.reports);
  const online = [...record.online];
  const bytes = { ...record.bytes };
  let { downloads } = record;
  let isDirty = false;
  let cancelSave: (() => void) | undefined;
  let cancelPoint = clock.after(onlinePointMs, point);

  function markChanged(): void {
    isDirty = true;
    cancelSave ??= clock.after(statsDelayMs, () => void save());
  }

  async function save(): Promise<void> {
    cancelSave?.();
    cancelSave = undefined;
    if (!isDirty) return;
    isDirty = false;
    const { version, since } = record;
    try {
      await deps.save({ version, since, downloads, bytes: { ...bytes }, contents: [...contents.values()], reports: [...reports], online: [...online] }); // prettier-ignore
    } catch (error) {
      markChanged();
      deps.onLateFailure(error);
    }
  }

  /** Times are those of the clock's tens of minutes, whenever the tracker was started. */
  function point(): void {
    const at = Math.floor(clock.now() / onlinePointMs) * onlinePointMs;
    if (online.at(-1)?.at !== at) online.push({ at, users: deps.usersOnline() });
    if (online.length > maxOnlinePoints) online.shift();
    cancelPoint = clock.after(onlinePointMs, point);
    markChanged();
  }

  function count({ contentId, name, bytes: moved, isDownload }: CountedDownload): void {
    bytes.direct += moved.direct;
    bytes.relayed += moved.relayed;
    bytes.hosted += moved.hosted;
    if (isDownload) downloads++;
    const known = contents.get(contentId);
    contents.delete(contentId); // to the end: what moved lately stays
    contents.set(contentId, {
      contentId,
      name,
      downloads: (known?.downloads ?? 0) + Number(isDownload),
      bytes: (known?.bytes ?? 0) + moved.direct + moved.relayed + moved.hosted,
    });
    forgetOldest(contents, maxCountedContents);
    markChanged();
  }

  return {
    get totals() {
      return { since: record.since, downloads, bytes: { ...bytes }, online: [...online] };
    },
    top: (isShown) =>
      [...contents.values()]
        .filter((content) => content.downloads > 0 && isShown(content.contentId))
        .sort((left, right) => right.downloads - left.downloads || right.bytes - left.bytes)
        .slice(0, maxTopDownloads),
    count,
    report: (deviceId, download) => {
      const key = createHash('sha256').update(`${deviceId} ${download.contentId}`).digest('base64url').slice(0, 12);
      if (reports.has(key)) return;
      reports.add(key);
      forgetOldest(reports, maxRememberedReports);
      count(download);
    },
    close: async () => {
      cancelPoint();
      await save();
      cancelSave?.();
      cancelSave = undefined;
    },
  };
}

function forgetOldest(items: Map<unknown, unknown> | Set<unknown>, max: number): void {
  if (items.size <= max) return;
  const [oldest] = items.keys();
  items.delete(oldest);
}
