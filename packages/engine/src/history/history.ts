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

/** Records searched, or written out, between two looks at what else there is to do. */
const sliceRecords = 2000;

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
  /** Sorted anew when asked for after a change. */
  let sorted: readonly HistoryRecord[] | undefined;

  function changed(): void {
    sorted = undefined;
    deps.onChange();
  }

  async function matching({ text, direction }: Pick<HistoryQuery, 'text' | 'direction'>): Promise<HistoryRecord[]> {
    const journal = await opening;
    sorted ??= [...journal.values()].sort(compareNewest);
    const words = foldText(text)
      .split(/\s+/)
      .filter((word) => word !== '');
    const found: HistoryRecord[] = [];
    for (const [index, record] of sorted.entries()) {
      if (index % sliceRecords === sliceRecords - 1) await nextTurn();
      if (direction !== undefined && record.direction !== direction) continue;
      if (deps.isMoving(record.id) || !hasWords(record, words)) continue;
      found.push(record);
    }
    return found;
  }

  return {
    put: async (record) => {
      const journal = await opening;
      const written = journal.set(record.id, record);
      changed();
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
      await removeAll(journal, gone);
      if (gone.length > 0) changed();
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

function compareNewest(a: HistoryRecord, b: HistoryRecord): number {
  return b.finishedAt - a.finishedAt || b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1);
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

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
