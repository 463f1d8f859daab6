import { storedTokenSchema } from '../domain/tokens.js';
import type { JournalSchemas } from './check-data.js';

/** The journals of records in the data folder: what `check` reads them by. */
export const journalSchemas: JournalSchemas = {
  'tokens.jsonl': storedTokenSchema,
};
