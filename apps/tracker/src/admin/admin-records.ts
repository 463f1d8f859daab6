import { userIdSchema } from '@enxame/shared/ids';
import { adminSettingsSchema, announcementSchema, invitationSchema, removalSchema } from '@enxame/shared/tracker/admin';
import { banSchema } from '@enxame/shared/tracker/admin-bans';
import { z } from 'zod';
import type { Records } from '../domain/records.js';

/** All that administrators decided, one record each, in one journal: `admin.jsonl`. */
export const adminRecordSchema = z.discriminatedUnion('kind', [
  // What was not there yet when they were written is nothing.
  z.object({
    kind: z.literal('settings'),
    settings: adminSettingsSchema.extend({
      hostedBytesForCache: adminSettingsSchema.shape.hostedBytesForCache.default(0),
    }),
  }),
  z.object({ kind: z.literal('admin'), userId: userIdSchema }),
  z.object({ kind: z.literal('quota'), userId: userIdSchema, hostedBytes: z.int().min(0) }),
  z.object({ kind: z.literal('invitation'), invitation: invitationSchema }),
  z.object({ kind: z.literal('ban'), ban: banSchema }),
  /** `isTold`: its owner knows. */
  z.object({ kind: z.literal('removal'), removal: removalSchema, isTold: z.boolean() }),
  z.object({ kind: z.literal('announcement'), announcement: announcementSchema }),
  /** Of a person who left: nobody may take it before. */
  z.object({ kind: z.literal('blocked-name'), name: z.string(), until: z.int() }),
  /** Begun to leave, and perhaps not all gone yet. */
  z.object({ kind: z.literal('leaving'), userId: userIdSchema, name: z.string(), until: z.int() }),
]);
export type AdminRecord = z.infer<typeof adminRecordSchema>;
export type AdminKind = AdminRecord['kind'];
export type AdminRecordOf<K extends AdminKind> = Extract<AdminRecord, { kind: K }>;
export type AdminRecords = Records<AdminRecord>;

/** The records of one kind, in the order in which they were made. */
export function recordsOf<K extends AdminKind>(records: AdminRecords, kind: K): AdminRecordOf<K>[] {
  return [...records.values()].filter((record): record is AdminRecordOf<K> => record.kind === kind);
}

export function recordOf<K extends AdminKind>(
  records: AdminRecords,
  kind: K,
  id: string,
): AdminRecordOf<K> | undefined {
  const record = records.get(keyOf(kind, id));
  return record?.kind === kind ? (record as AdminRecordOf<K>) : undefined;
}

export const keyOf = (kind: AdminKind, id: string): string => `${kind}:${id}`;

/** The latest first, from behind `after`. */
export function pageOf<T extends { readonly id: string }>(
  items: readonly T[],
  after: string | undefined,
  limit: number,
): T[] {
  const latest = [...items].reverse();
  const start = after === undefined ? 0 : latest.findIndex(({ id }) => id === after) + 1;
  return latest.slice(start, start + limit);
}
