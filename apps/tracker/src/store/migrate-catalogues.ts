import { readdir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { userIdSchema } from '@enxame/shared/ids';
import { readJsonDocument, type OnBroken } from '@enxame/storage/json-document';
import { z } from 'zod';
import { storedEntrySchema } from '../domain/stored-entry.js';
import { toHeadLine } from './catalogue-lines.js';
import type { WriteFile } from './document-adapter.js';

/** Version 1: one document for each user, with all entries. */
const documentSchema = z.object({ version: z.literal(1), userId: userIdSchema, entries: z.array(storedEntrySchema) });

/**
 * Makes journals of the documents of version 1. Each document stays until its journal is on disk, so that a crash
 * between the two loses nothing: the next start does it again. A damaged document is set aside and told.
 */
export async function migrateCatalogueDocuments(
  folder: string,
  options: { readonly onBroken: OnBroken; readonly writeFile: WriteFile },
): Promise<void> {
  const files = await readdir(folder);
  for (const file of files) {
    const userId = userIdSchema.safeParse(file.replace(/\.json$/, ''));
    if (!file.endsWith('.json') || !userId.success) continue; // set aside, or not ours
    const path = join(folder, file);
    const schema = documentSchema.refine((document) => document.userId === userId.data);
    // A journal that is there was made from this document, whole, and may know more by now.
    if (!files.includes(`${file}l`)) {
      const document = await readJsonDocument(path, schema, options.onBroken);
      if (!document) continue;
      const lines = document.entries.map((entry) => `${JSON.stringify({ put: entry })}\n`);
      await options.writeFile(`${path}l`, Buffer.from(toHeadLine(userId.data) + lines.join('')));
    }
    await unlink(path);
  }
}
