import { auditRecordSchema } from '@enxame/shared/tracker/admin';
import { adminRecordSchema } from '../admin/admin-records.js';
import { adminFile, auditFile } from '../admin/open-administration.js';
import { storedCopySchema } from '../domain/stored-copy.js';
import { storedTokenSchema } from '../domain/tokens.js';
import type { JournalSchemas } from './check-data.js';

/** The journals of records in the data folder: what `check` reads them by. */
export const journalSchemas: JournalSchemas = {
  [adminFile]: adminRecordSchema,
  [auditFile]: auditRecordSchema,
  'tokens.jsonl': storedTokenSchema,
  'hosted/copies.jsonl': storedCopySchema,
};
