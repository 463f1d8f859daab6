import { transferPriorities } from '@enxame/shared/engine/transfer';
import { errorInfoSchema } from '@enxame/shared/errors/enxame-error';
import { contentIdSchema, deviceIdSchema, entryIdSchema, sha256Schema, transferIdSchema } from '@enxame/shared/ids';
import { collectionSummarySchema } from '@enxame/shared/tracker/entry';
import { z } from 'zod';
import type { HeldAs } from '../library/content-record.js';

/** A download as it is remembered across restarts. */
export const downloadRecordSchema = z.object({
  id: transferIdSchema,
  contentId: contentIdSchema,
  entryId: entryIdSchema.nullable(),
  /** By which way in it came: who its sources are, and who may be told that it is here. */
  door: z.enum(['catalogue', 'code']).default('catalogue'),
  name: z.string(),
  /** As the catalogue said; the manifest has the last word. */
  size: z.int(),
  /** Of a folder, as the catalogue said; null of a file. */
  collection: collectionSummarySchema.nullable().default(null),
  folder: z.string(),
  personName: z.string(),
  startedAt: z.int(),
  /** What the person wants, and where it ended. */
  intent: z.enum(['run', 'paused', 'failed', 'verified']),
  priority: z.enum(transferPriorities).default('normal'),
  /** Among those of the same priority; smaller goes first. */
  order: z.number().default(0),
  /** Who gave bytes of it, in any run. */
  givers: z.array(deviceIdSchema).default([]),
  /** Bytes that came, those that were no good too. */
  bytesMoved: z.int().min(0).default(0),
  limitBytesPerSecond: z.int().min(1).nullable().default(null),
  /** How far it got when it was stopped: for people to see. The next run believes only the part file, hashed again. */
  bytesDone: z.int().min(0).default(0),
  finishedAt: z.int().nullable(),
  path: z.string().nullable(),
  sha256: sha256Schema.nullable(),
  error: errorInfoSchema.nullable(),
});
export type DownloadRecord = z.infer<typeof downloadRecordSchema>;

/** As what this device has it, once it is here. */
export const toHeldAs = ({ door }: Pick<DownloadRecord, 'door'>): HeldAs => (door === 'code' ? 'code' : 'download');
