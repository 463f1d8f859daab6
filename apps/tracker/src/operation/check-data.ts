import { createPrivateKey } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { userIdSchema } from '@enxame/shared/ids';
import { readJournal } from '@enxame/storage/read-journal';
import { z } from 'zod';
import { unhurried } from '../domain/turns.js';
import { readCatalogueLines } from '../store/catalogue-lines.js';
import { usersDocumentSchema } from '../store/lowdb-user-store.js';
import { checkHostedCopy, missingCopies } from './check-hosted.js';
import { isSetAside, listDataFiles } from './data-files.js';

export interface DataReport {
  readonly checked: number;
  readonly bytes: number;
  /** What would be set aside at a start, or not be served. */
  readonly broken: { readonly file: string; readonly what: string }[];
  /** Found broken before, and kept for a person to look at. */
  readonly setAside: string[];
}

/** Journals of records by keys, whose lines have a schema; of others that a line is one. */
export type JournalSchemas = Readonly<Record<string, z.ZodType>>;

const keySchema = z.object({ version: z.literal(1), privateKeyPem: z.string() });
const documentSchemas: Readonly<Record<string, z.ZodType>> = {
  'users.json': usersDocumentSchema,
  'identity.json': keySchema.refine(({ privateKeyPem }) => isKey(privateKeyPem)),
  'tls.json': keySchema.extend({ certificatePem: z.string() }).refine(({ privateKeyPem }) => isKey(privateKeyPem)),
};

/**
 * Reads all that a data folder holds as a start would, and hashes hosted copies, without changing anything; also of one
 * that a tracker is using. Throws `path-not-found`.
 */
export async function checkData(
  dataFolder: string,
  options: { readonly journals: JournalSchemas; readonly stop: AbortSignal },
): Promise<DataReport> {
  const paths = await listDataFiles(dataFolder).catch((error: unknown) => {
    throw new EnxameError('path-not-found', { path: dataFolder }, { cause: error });
  });
  const report = { checked: 0, bytes: 0, broken: [] as { file: string; what: string }[], setAside: [] as string[] };
  for (const needed of ['identity.json']) {
    if (!paths.includes(needed)) report.broken.push({ file: needed, what: 'is missing' });
  }
  for (const file of paths) {
    options.stop.throwIfAborted();
    if (isSetAside(file)) {
      report.setAside.push(file);
      continue;
    }
    try {
      report.bytes += (await stat(join(dataFolder, file))).size;
      const what = await problemOf(dataFolder, file, options.journals);
      if (what !== undefined) report.broken.push({ file, what });
      report.checked++;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error; // gone since it was listed
    }
  }
  for (const file of await missingCopies(dataFolder)) report.broken.push({ file, what: 'is missing' });
  return report;
}

async function problemOf(dataFolder: string, file: string, journals: JournalSchemas): Promise<string | undefined> {
  const path = join(dataFolder, file);
  if (file.startsWith('catalogues/') && file.endsWith('.jsonl')) return catalogueProblem(path);
  if (file.endsWith('.jsonl')) {
    const { broken } = await readJournal(path, journals[file] ?? z.unknown());
    return broken.length === 0 ? undefined : `${String(broken.length)} damaged lines`;
  }
  if (file.startsWith('hosted/')) return checkHostedCopy(path);
  if (!file.endsWith('.json')) return undefined;
  const json = parseJson(await readFile(path, 'utf8'));
  const schema = documentSchemas[file] ?? z.unknown();
  return json !== undefined && schema.safeParse(json).success ? undefined : 'is damaged';
}

async function catalogueProblem(path: string): Promise<string | undefined> {
  const userId = userIdSchema.safeParse(basename(path, '.jsonl'));
  if (!userId.success) return 'is nobody’s';
  const found = await readCatalogueLines(await readFile(path), userId.data, unhurried.begin());
  if (!found) return 'is not of the person whose name it has';
  return found.broken.length === 0 ? undefined : `${String(found.broken.length)} damaged lines`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // no JSON is undefined: it is told as damaged
  }
}

function isKey(pem: string): boolean {
  try {
    createPrivateKey(pem);
    return true;
  } catch {
    return false; // what OpenSSL cannot read is no key
  }
}
