import { open, type FileHandle } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { z } from 'zod';
import { toDiskError } from './disk-error.js';
import { writeDurably } from './durable-file.js';
import type { OnBroken } from './json-document.js';
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

/** Lines that no longer count, beside those that do, before the file is written anew. */
const compactAtWaste = 1000;
const readBytes = 1024 * 1024;
const lineEnd = 0x0a;

/**
 * Opens a journal: JSON lines `{"k": key, "v": value | null}`, the last of a key counts. Changes that arrive while a
 * flush is under way share the next one. A last line cut short by a crash is dropped (it was never acknowledged); a
 * line that breaks the schema is copied to `<name>.broken-<time>` and told (`document-broken`), the rest counts.
 */
export async function openJournal<T>(
  path: string,
  schema: z.ZodType<T>,
  onBroken: OnBroken,
  now: () => number = Date.now,
): Promise<Journal<T>> {
  const { records, broken, lines, clean } = await readJournal(path, schema);
  if (broken.length > 0) {
    const aside = `${path}.broken-${String(now())}`;
    await writeDurably(aside, broken.join('\n'));
    onBroken(new EnxameError('document-broken', { file: basename(path), aside: basename(aside) }));
  }
  let waste = lines - records.size;
  let file: FileHandle | undefined;
  let pendingLines: string[] = [];

  const compact = async (): Promise<void> => {
    await file?.close();
    file = undefined;
    await writeDurably(path, [...records].map(([key, value]) => toLine(key, value)).join(''));
    waste = 0;
    file = await open(path, 'a', 0o600);
  };
  const append = async (): Promise<void> => {
    const batch = pendingLines;
    pendingLines = [];
    try {
      if (!file || waste > compactAtWaste + records.size) {
        await compact(); // holds all records, the batch's too
        return;
      }
      await file.appendFile(batch.join(''));
      await file.datasync();
    } catch (error) {
      // A line may be half there: write the file anew before the next line.
      await file?.close();
      file = undefined;
      throw toDiskError(error, dirname(path));
    }
  };
  const writer = createSingleWriter(append);
  if (clean && broken.length === 0 && waste <= compactAtWaste + records.size) file = await open(path, 'a', 0o600);
  else await compact();

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
      return change(toLine(key, value));
    },
    delete: async (key) => {
      if (!records.delete(key)) return;
      waste += 2;
      await change(toLine(key, null));
    },
    close: async () => {
      await writer.idle();
      await file?.close();
      file = undefined;
    },
  };
}

const toLine = (key: string, value: unknown): string => `${JSON.stringify({ k: key, v: value })}\n`;

interface ParsedJournal<T> {
  readonly records: Map<string, T>;
  readonly broken: readonly string[];
  readonly lines: number;
  /** The file exists and ends at the end of a line. */
  readonly clean: boolean;
}

/** Line by line: a large journal must not be in memory a second time, as text, while its records are made. */
async function readJournal<T>(path: string, schema: z.ZodType<T>): Promise<ParsedJournal<T>> {
  const lineSchema = z.object({ k: z.string(), v: z.unknown() });
  const records = new Map<string, T>();
  const broken: string[] = [];
  let lines = 0;
  const handleLine = (line: string): void => {
    lines++;
    const { success, data } = lineSchema.safeParse(parseJson(line));
    const value = success && data.v !== null ? schema.safeParse(data.v) : undefined;
    if (!success || value?.success === false) broken.push(line);
    else if (value) records.set(data.k, value.data);
    else records.delete(data.k);
  };
  const left = await forEachLine(path, handleLine);
  return { records, broken, lines, clean: left === 0 };
}

/** The number of bytes after the last line end; undefined when there is no file. */
async function forEachLine(path: string, handleLine: (line: string) => void): Promise<number | undefined> {
  const file = await openIfThere(path);
  if (!file) return undefined;
  try {
    let left: Buffer = Buffer.alloc(0);
    const chunk = Buffer.allocUnsafe(readBytes);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length);
      if (bytesRead === 0) return left.length;
      const bytes = Buffer.concat([left, chunk.subarray(0, bytesRead)]);
      let start = 0;
      for (let end = bytes.indexOf(lineEnd); end >= 0; end = bytes.indexOf(lineEnd, start)) {
        handleLine(bytes.toString('utf8', start, end));
        start = end + 1;
      }
      left = bytes.subarray(start);
    }
  } finally {
    await file.close();
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined; // no schema takes it: it is set aside
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
