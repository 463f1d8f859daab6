import { join } from 'node:path';
import { auditRecordSchema } from '@enxame/shared/tracker/admin';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Closer } from '../closer.js';
import type { TrackerLimits } from '../limits.js';
import { adminRecordSchema } from './admin-records.js';
import { createAdministration, type Administration } from './administration.js';
import { createAuditLog } from './audit-log.js';
import { openRecords } from '../store/open-records.js';

export const adminFile = 'admin.jsonl';
export const auditFile = 'audit.jsonl';

/** Opens what administrators decided, and the log of it. `closer` gets what closes them. */
export async function openAdministration(
  deps: {
    readonly dataFolder: string;
    readonly limits: TrackerLimits;
    readonly now: () => number;
    readonly onBroken: OnBroken;
  },
  closer: Closer,
): Promise<Administration> {
  const { dataFolder, limits, now, onBroken } = deps;
  const records = await openRecords(join(dataFolder, adminFile), adminRecordSchema, onBroken);
  closer.add(() => records.close());
  const lines = await openRecords(join(dataFolder, auditFile), auditRecordSchema, onBroken);
  closer.add(() => lines.close());
  return createAdministration({ records, audit: createAuditLog(lines, now), limits, now });
}
