import { readJsonDocument, type OnBroken } from '@enxame/storage/json-document';
import { writeDurably } from '@enxame/storage/durable-file';
import type { Adapter } from 'lowdb';
import type { z } from 'zod';

/** Replaces a file as a whole, or throws and leaves it as it was. */
export type WriteFile = (path: string, data: Uint8Array) => Promise<void>;

/** Writes behind the first `end` bytes of a file, or throws and leaves those as they were. */
export type AppendFile = (path: string, end: number, data: Uint8Array) => Promise<void>;

export interface DocumentOptions {
  readonly onBroken: OnBroken;
  /** For tests of full disks; otherwise `writeDurably`. */
  readonly writeFile?: WriteFile | undefined;
  /** The same; otherwise `appendDurably`. */
  readonly appendFile?: AppendFile | undefined;
}

/**
 * One JSON document for lowdb: parsed against its schema on read, a broken one set aside and told, and flushed to disk
 * on write, which lowdb's own adapters do not do.
 */
export function createDocumentAdapter<T>(
  path: string,
  schema: z.ZodType<T>,
  serialise: (data: T) => Promise<Buffer>,
  { onBroken, writeFile = writeDurably }: DocumentOptions,
): Adapter<T> {
  return {
    read: async () => (await readJsonDocument(path, schema, onBroken)) ?? null,
    write: async (data) => {
      await writeFile(path, await serialise(data));
    },
  };
}
