import { open, type FileHandle } from 'node:fs/promises';
import type { z } from 'zod';

/** As much text as is made into records before the rest of the program gets its turn: one or two milliseconds of work. */
const chunkBytes = 64 * 1024;
const lineEnd = 0x0a;

export interface ReadJournal<T> {
  readonly records: Map<string, T>;
  /** Lines that are no line of a journal, or break the schema. */
  readonly broken: readonly string[];
  readonly lines: number;
  /** The file exists and ends at the end of a line. */
  readonly clean: boolean;
}

/**
 * The records of a journal. Chunk by chunk: a large journal must not be in memory a second time, as text, while its
 * records are made. `keyOf` gives a record's key as the record itself holds it: one text in memory then instead of two.
 */
export async function readJournal<T>(
  path: string,
  schema: z.ZodType<T>,
  keyOf?: (record: T) => string,
): Promise<ReadJournal<T>> {
  const records = new Map<string, T>();
  const broken: string[] = [];
  let lines = 0;
  const handleLine = (text: string): void => {
    lines++;
    const line = parseLine(text);
    if (line?.v === null) {
      records.delete(line.k);
      return;
    }
    const record = line && schema.safeParse(line.v);
    if (!line || !record?.success) {
      broken.push(text);
      return;
    }
    const own = keyOf?.(record.data);
    records.set(own === line.k ? own : line.k, record.data);
  };
  const left = await forEachLine(path, handleLine);
  return { records, broken, lines, clean: left === 0 };
}

/** Without a schema: of a hundred thousand lines, each schema is felt at every start. */
function parseLine(text: string): { readonly k: string; readonly v: unknown } | undefined {
  try {
    const line = JSON.parse(text) as { k?: unknown; v?: unknown } | null;
    return typeof line === 'object' && typeof line?.k === 'string' && 'v' in line
      ? { k: line.k, v: line.v }
      : undefined;
  } catch {
    return undefined; // it is set aside
  }
}

/** The number of bytes after the last line end; undefined when there is no file. */
async function forEachLine(path: string, handleLine: (line: string) => void): Promise<number | undefined> {
  const file = await openIfThere(path);
  if (!file) return undefined;
  try {
    let buffer = Buffer.allocUnsafe(chunkBytes);
    let held = 0;
    for (;;) {
      if (held === buffer.length) buffer = Buffer.concat([buffer], buffer.length * 2); // one line longer than all that
      const { bytesRead } = await file.read(buffer, held, buffer.length - held);
      if (bytesRead === 0) return held;
      held += bytesRead;
      const end = buffer.lastIndexOf(lineEnd, held - 1) + 1;
      if (end === 0) continue;
      for (const line of buffer.toString('utf8', 0, end - 1).split('\n')) handleLine(line);
      buffer.copy(buffer, 0, end, held);
      held -= end;
    }
  } finally {
    await file.close();
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
