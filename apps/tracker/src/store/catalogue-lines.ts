import { entryIdSchema, userIdSchema, type EntryId, type UserId } from '@enxame/shared/ids';
import { z } from 'zod';
import type { CatalogueChange } from '../domain/catalogue-store.js';
import { storedEntrySchema, type StoredEntry } from '../domain/stored-entry.js';
import type { Turn } from '../domain/turns.js';

// A catalogue on disk: JSON lines. The first says whose it is; each further one puts an entry or removes one, and the
// last of an id counts. All lines of a change but its last say that there is `more`: without that last one, which a
// crash cut off, the change was never acknowledged, and nothing of it counts.

const lineEnd = 0x0a;
const version = 2;
const headSchema = z.object({ version: z.literal(version), userId: userIdSchema });
const putSchema = z.object({ put: storedEntrySchema, more: z.literal(true).optional() });
const removeSchema = z.object({ remove: entryIdSchema, more: z.literal(true).optional() });

export interface ReadCatalogue {
  /** In the order in which they were first put. */
  readonly entries: Map<EntryId, StoredEntry>;
  /** Lines that were read, the first not counted. */
  readonly lines: number;
  /** Lines that fit no schema. */
  readonly broken: readonly string[];
  /** The first bytes of the file, which count: behind them is at most what was never acknowledged. */
  readonly end: number;
}

export const toHeadLine = (userId: UserId): string => `${JSON.stringify({ version, userId })}\n`;

/** Changes that are written together count together, or none of them does. In turns, if they are many. */
export async function toChangeLines(changes: readonly CatalogueChange[], turn: Turn): Promise<Buffer> {
  const items = changes.flatMap(({ put, remove }) => [
    ...remove.map((id) => ({ remove: id })),
    ...put.map((entry) => ({ put: entry })),
  ]);
  const parts: Buffer[] = [];
  for (const [index, item] of items.entries()) {
    parts.push(Buffer.from(`${JSON.stringify(index < items.length - 1 ? { ...item, more: true } : item)}\n`));
    if (turn.isDue()) await turn.next();
  }
  return Buffer.concat(parts);
}

/** Undefined when the first line is not this user's: then nothing of the file can be trusted. */
export async function readCatalogueLines(
  bytes: Buffer,
  userId: UserId,
  turn: Turn,
): Promise<ReadCatalogue | undefined> {
  const entries = new Map<EntryId, StoredEntry>();
  const broken: string[] = [];
  const headEnd = bytes.indexOf(lineEnd);
  // The first change of a user, cut short.
  if (headEnd === -1 && toHeadLine(userId).startsWith(bytes.toString('utf8')))
    return { entries, lines: 0, broken, end: 0 };
  const head = headSchema.safeParse(parseJson(bytes.toString('utf8', 0, Math.max(0, headEnd))));
  if (headEnd === -1 || head.data?.userId !== userId) return undefined;

  let end = headEnd + 1;
  let lines = 0;
  let pending: (StoredEntry | EntryId)[] = [];
  for (let start = end, stop = bytes.indexOf(lineEnd, start); stop !== -1; stop = bytes.indexOf(lineEnd, start)) {
    const text = bytes.toString('utf8', start, stop);
    start = stop + 1;
    const line = parseLine(text);
    if (line) pending.push(line.item);
    else broken.push(text);
    if (line?.more) continue;
    lines += pending.length;
    for (const item of pending) {
      if (typeof item === 'string') entries.delete(item);
      else entries.set(item.id, item);
    }
    pending = [];
    end = start;
    if (turn.isDue()) await turn.next();
  }
  return { entries, lines, broken, end };
}

function parseLine(text: string): { item: StoredEntry | EntryId; more: boolean } | undefined {
  const value = parseJson(text);
  const put = putSchema.safeParse(value);
  if (put.success) return { item: put.data.put, more: put.data.more === true };
  const removed = removeSchema.safeParse(value);
  return removed.success ? { item: removed.data.remove, more: removed.data.more === true } : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // no schema takes it: it is set aside
  }
}
