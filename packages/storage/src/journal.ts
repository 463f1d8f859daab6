import { open, type FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { z } from 'zod';
import { toDiskError } from './disk-error.js';
import { writeDurably } from './durable-file.js';
import { startJournalRewrite, toJournalLine, type JournalRewrite } from './journal-rewrite.js';
import type { OnBroken } from './json-document.js';
import { readJournal } from './read-journal.js';
import { createSingleWriter } from './single-writer.js';

/** A durable map of records: a change costs its own line, not the whole file. */
export interface Journal<T> {
  get(key: string): T | undefined;
  values(): IterableIterator<T>;
  readonly size: number;
  /** On disk when it resolves; visible to `get` at once. */
  set(key: string, value: T): Promise<void>;
  delete(key: string): Promise<void>;
  /** Waits for what is under way. Twice without harm. */
  close(): Promise<void>;
}

/** Lines that no longer count, beside half as many as do, before the file is written anew: what is read at each start. */
const compactAtWaste = 1000;

/**
 * Opens a journal: JSON lines `{"k": key, "v": value | null}`, the last of a key counts. Changes that arrive while a
 * flush is under way share the next one. A last line cut short by a crash is dropped (it was never acknowledged); a
 * line that breaks the schema is copied to `<name>.broken-<time>` and told (`document-broken`), the rest counts.
 * When most lines no longer count, the file is written anew behind the changes, which do not wait for it.
 * `keyOf`: see `readJournal`.
 */
export async function openJournal<T>(
  path: string,
  schema: z.ZodType<T>,
  onBroken: OnBroken,
  now: () => number = Date.now,
  keyOf?: (record: T) => string,
): Promise<Journal<T>> {
  const { records, broken, lines, clean } = await readJournal(path, schema, keyOf);
  if (broken.length > 0) {
    const aside = `${path}.broken-${String(now())}`;
    await writeDurably(aside, broken.join('\n'));
    onBroken(new EnxameError('document-broken', { file: basename(path), aside: basename(aside) }));
  }
  let waste = lines - records.size;
  /** After a rewrite that failed, more waste than this begins the next. */
  let failedAtWaste = 0;
  let file: FileHandle | undefined;
  let pendingLines: string[] = [];
  let rewrite: { readonly beside: JournalRewrite; readonly since: string[]; written: boolean } | undefined;
  let closed = false;

  const isWasteful = (): boolean => waste > Math.max(compactAtWaste + records.size / 2, failedAtWaste + compactAtWaste);

  /** Nothing can be appended to what is there: everything anew, and the caller waits. */
  async function rewriteNow(): Promise<void> {
    await rewrite?.beside.abandon();
    rewrite = undefined;
    const anew = startJournalRewrite(path, records);
    try {
      await anew.written;
      file = await anew.replace('');
    } catch (error) {
      throw toDiskError(error, dirname(path));
    }
    waste = failedAtWaste = 0;
  }

  function startRewrite(): void {
    const mine = { beside: startJournalRewrite(path, records), since: [] as string[], written: false };
    rewrite = mine;
    const fail = (): void => {
      // The old file counts as it did, so nothing is lost but room; a full disk refuses the changes themselves.
      if (rewrite === mine) rewrite = undefined;
      failedAtWaste = waste;
    };
    mine.beside.written.then(() => {
      mine.written = true;
      // With the next changes, or now; what fails then is told to the next that changes something.
      if (!closed && rewrite === mine) writer.save().catch(() => undefined);
    }, fail);
  }

  async function append(): Promise<void> {
    const batch = pendingLines;
    pendingLines = [];
    const before = file;
    try {
      if (!file) {
        await rewriteNow(); // holds all records, the batch's too
        return;
      }
      if (rewrite?.written) {
        const { beside, since } = rewrite;
        rewrite = undefined;
        file = await beside.replace([...since, ...batch].join(''));
        waste = since.length + batch.length + pendingLines.length;
        await before?.close();
        return;
      }
      if (batch.length === 0) return;
      await file.appendFile(batch.join(''));
      await file.datasync();
      rewrite?.since.push(...batch);
      if (!rewrite && isWasteful()) startRewrite();
    } catch (error) {
      // A line may be half there: write the file anew before the next line.
      file = undefined;
      await before?.close();
      throw toDiskError(error, dirname(path));
    }
  }
  const writer = createSingleWriter(append);
  if (clean && broken.length === 0 && !isWasteful()) file = await open(path, 'a', 0o600);
  else await rewriteNow();

  const change = (line: string): Promise<void> => {
    pendingLines.push(line);
    return writer.save();
  };
  return {
    get: (key) => records.get(key),
    values: () => records.values(),
    get size() {
      return records.size;
    },
    set: (key, value) => {
      if (records.has(key)) waste++;
      records.set(key, value);
      return change(toJournalLine(key, value));
    },
    delete: async (key) => {
      if (!records.delete(key)) return;
      waste += 2;
      await change(toJournalLine(key, null));
    },
    close: async () => {
      closed = true;
      await writer.idle();
      await rewrite?.beside.abandon();
      rewrite = undefined;
      await file?.close();
      file = undefined;
    },
  };
}
