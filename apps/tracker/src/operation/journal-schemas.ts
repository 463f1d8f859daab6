import { auditRecordSchema } from '@enxame/shared/tracker/admin';
import { adminRecordSchema } from '../admin/admin-records.js';
import { adminFile, auditFile } from '../admin/open-administration.js';
import { savedSearchRecordSchema } from '../domain/saved-search-record.js';
import { storedCopySchema } from '../domain/stored-copy.js';
import { storedLinkSchema, storedTakeSchema } from '../domain/stored-link.js';
import { storedTokenSchema } from '../domain/tokens.js';
import { searchesFile } from '../store/journal-search-records.js';
import type { JournalSchemas } from './check-data.js';

/** The journals of records in the data folder: what `check` reads them by. */
export const journalSchemas: JournalSchemas = {
  [adminFile]: adminRecordSchema,
  [auditFile]: auditRecordSchema,
  'tokens.jsonl': storedTokenSchema,
  'hosted/copies.jsonl': storedCopySchema,
  'links.jsonl': storedLinkSchema,
  'takes.jsonl': storedTakeSchema,
  [searchesFile]: savedSearchRecordSchema,
};
