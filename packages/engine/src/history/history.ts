/**
 * What was sent and received, kept until the person removes it. Owns `history.jsonl`. A record is written when a transfer
 * ends, and again when more is known of it (its SHA-256, the receipt). Opens behind the engine's back: a long history
 * holds nobody up.
 */
import { open } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import {
  historyRecordSchema,
  type HistoryPage,
  type HistoryQuery,
  type HistoryRecord,
} from '@enxame/shared/engine/history';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TransferId } from '@enxame/shared/ids';
import { toDiskError } from '@enxame/storage/disk-error';
import { openJournal, type Journal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import { createSlices } from '../waiting/slices.js';
import { foldText } from './fold-text.js';
import { csvHeading, toCsvLine } from './history-csv.js';

export interface History {
  /** Durable when it resolves. The same id again replaces it. */
  put(record: HistoryRecord): Promise<void>;
  /** Undefined as long as it is being opened. */
  peek(id: TransferId): HistoryRecord | undefined;
  /** Every record, once it is open; for indexes. */
  records(): Promise<IterableIterator<HistoryRecord>>;
  /** Newest first, without those that are still moving. */
  list(query: HistoryQuery): Promise<HistoryPage>;
  /** Throws `path-not-found`, `path-not-a-file` when something has the name, and what the disk says. */
  exportTo(
    path: string,
    format: 'jsonl' | 'csv',
    query: Pick<HistoryQuery, 'text' | 'direction'>,
  ): Promise<{ path: string; records: number }>;
  /** All of them without ids. */
  remove(ids: readonly TransferId[] | undefined): Promise<number>;
  close(): Promise<void>;
}

/** Records written, or removed, in one step. */
const sliceRecords = 250;

export function openHistory(
  dataFolder: string,
  deps: {
    readonly onBroken: OnBroken;
    readonly onChange: () => void;
    /** It moves now: its record is not the end of it. */
    readonly isMoving: (id: TransferId) => boolean;
  },
): History {
  const opening = openJournal(join(dataFolder, 'history.jsonl'), historyRecordSchema, deps.onBroken);
  let opened: Journal<HistoryRecord> | undefined;
  opening.then(
    (journal) => (opened = journal),
    () => undefined, // whoever uses it is told
  );
  /** Newest first, from the first time that somebody asks. */
  let sorted: HistoryRecord[] | undefined;

  /** In its place, in place of what was known of it. */
  function sortIn(record: HistoryRecord, before: HistoryRecord | undefined): void {
    if (!sorted) return;
    if (before) sorted.splice(placeIn(sorted, before), 1);
    sorted.splice(placeIn(sorted, record), 0, record);
  }

  async function matching({ text, direction }: Pick<HistoryQuery, 'text' | 'direction'>): Promise<HistoryRecord[]> {
    const journal = await opening;
    sorted ??= [...journal.values()].sort(compareNewest);
    const slices = createSlices();
    const words = foldText(text)
      .split(/\s+/)
      .filter((word) => word !== '');
    const found: HistoryRecord[] = [];
    // A copy: what changes meanwhile would move the rest under this search.
    for (const record of sorted.slice()) {
      if (slices.isOver()) await slices.next();
      if (direction !== undefined && record.direction !== direction) continue;
      if (deps.isMoving(record.id) || !hasWords(record, words)) continue;
      found.push(record);
    }
    return found;
  }

  return {
    put: async (record) => {
      const journal = await opening;
      sortIn(record, journal.get(record.id));
      const written = journal.set(record.id, record);
      deps.onChange();
      await written;
    },
    peek: (id) => opened?.get(id),
    records: async () => (await opening).values(),
    list: async (query) => {
      const found = await matching(query);
      return { total: found.length, records: found.slice(query.offset, query.offset + query.limit) };
    },
    exportTo: async (path, format, query) => {
      if (!isAbsolute(path)) throw new EnxameError('path-not-found', { path });
      const found = await matching(query);
      await writeNew(path, toLines(found, format));
      return { path, records: found.length };
    },
    remove: async (ids) => {
      const journal = await opening;
      const gone = (ids ?? [...journal.values()].map(({ id }) => id)).filter((id) => journal.get(id));
      sorted = undefined;
      await removeAll(journal, gone);
      sorted = undefined;
      if (gone.length > 0) deps.onChange();
      return gone.length;
    },
    close: async () => {
      await (await opening).close();
    },
  };
}

/** In slices: a hundred thousand promises at once would hold everything up. */
async function removeAll(journal: Journal<HistoryRecord>, ids: readonly TransferId[]): Promise<void> {
  for (let start = 0; start < ids.length; start += sliceRecords)
    await Promise.all(ids.slice(start, start + sliceRecords).map((id) => journal.delete(id)));
}

/** Where a record is, or would be, in the order of `compareNewest`. */
function placeIn(sorted: readonly HistoryRecord[], record: HistoryRecord): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const other = sorted[middle];
    if (other && compareNewest(other, record) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function compareNewest(a: HistoryRecord, b: HistoryRecord): number {
  return b.finishedAt - a.finishedAt || b.startedAt - a.startedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function hasWords({ name, personName, result }: HistoryRecord, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = foldText(`${name}\n${personName}\n${result}`);
  return words.every((word) => text.includes(word));
}

function* toLines(records: readonly HistoryRecord[], format: 'jsonl' | 'csv'): Generator<string> {
  if (format === 'csv') yield csvHeading;
  for (let start = 0; start < records.length; start += sliceRecords) {
    const slice = records.slice(start, start + sliceRecords);
    yield slice.map((record) => (format === 'csv' ? toCsvLine(record) : `${JSON.stringify(record)}\n`)).join('');
  }
}

async function writeNew(path: string, parts: Iterable<string>): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      for (const part of parts) await file.appendFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new EnxameError('path-not-a-file', { path });
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new EnxameError('path-not-found', { path });
    throw toDiskError(error, path);
  }
}
