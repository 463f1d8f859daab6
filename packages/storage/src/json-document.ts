import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { z } from 'zod';
import { renameDurably, writeDurably } from './durable-file.js';

/** Told of a document that could not be read and was set aside under another name. */
export type OnBroken = (notice: EnxameError) => void;

/**
 * Reads a JSON document and parses it against its schema. Undefined when there is none. A broken one is never
 * overwritten: it is renamed to `<name>.broken-<time>`, `onBroken` is told (`document-broken`), and undefined returned.
 */
export async function readJsonDocument<S extends z.ZodType>(
  path: string,
  schema: S,
  onBroken: OnBroken,
  now: () => number = Date.now,
): Promise<z.output<S> | undefined> {
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const aside = `${path}.broken-${String(now())}`;
  await renameDurably(path, aside);
  onBroken(
    new EnxameError('document-broken', { file: basename(path), aside: basename(aside) }, { cause: parsed.error }),
  );
  return undefined;
}

/**
 * Reads a document of keys. Undefined when there is none. A broken one stays where it is, because new keys are a new
 * identity for everybody: throws `identity-broken`.
 */
export async function readKeyDocument<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S> | undefined> {
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new EnxameError('identity-broken', { file: path }, { cause: parsed.error });
}

/** Writes a document so that it is wholly there or not at all; on disk when it resolves. */
export async function writeJsonDocument(path: string, value: unknown): Promise<void> {
  await writeDurably(path, `${JSON.stringify(value, null, 1)}\n`);
}

/** Undefined for what is not JSON: no schema takes it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // the schema refuses it, and the caller sets it aside
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
