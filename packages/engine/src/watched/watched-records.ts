import { join } from 'node:path';
import { audienceSchema } from '@enxame/shared/tracker/entry';
import { openJournal, type Journal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import { z } from 'zod';

const folderSchema = z.object({
  path: z.string(),
  /** Of what it shares; null: for everyone. */
  audience: audienceSchema.nullable(),
  addedAt: z.int(),
  shared: z.int().min(0),
  last: z.object({ name: z.string(), at: z.int() }).nullable(),
});
export type WatchedRecord = z.infer<typeof folderSchema>;

/** What landed and was dealt with: what a person stopped sharing since is not shared again by itself. */
const itemSchema = z.object({ path: z.string(), folder: z.string() });
export type ItemRecord = z.infer<typeof itemSchema>;

export interface WatchedRecords {
  readonly folders: Journal<WatchedRecord>;
  readonly items: Journal<ItemRecord>;
  close(): Promise<void>;
}

export async function openWatchedRecords(dataFolder: string, onBroken: OnBroken): Promise<WatchedRecords> {
  const folders = await openJournal(join(dataFolder, 'watched-folders.jsonl'), folderSchema, onBroken);
  const items = await openJournal(join(dataFolder, 'watched-items.jsonl'), itemSchema, onBroken);
  return {
    folders,
    items,
    close: async () => {
      await Promise.all([folders.close(), items.close()]);
    },
  };
}
