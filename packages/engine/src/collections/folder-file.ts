import { contentIdSchema } from '@enxame/shared/ids';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { z } from 'zod';
import { heldAs } from '../library/content-record.js';
import type { HeldFolderParts } from './held-folder.js';

const headSchema = z.object({
  root: z.string(),
  heldAs: z.enum(heldAs),
  collectionId: contentIdSchema,
  realPaths: z.array(z.tuple([z.int().min(0), z.string()])),
});

const lineEnd = 0x0a;

/** A held folder on disk: a line of JSON, then the times of its files (8 bytes each, little endian). */
export function encodeFolderFile(folder: HeldFolderParts): Uint8Array {
  const { root, heldAs, collectionId, realPaths, mtimes } = folder;
  const head = Buffer.from(`${JSON.stringify({ root, heldAs, collectionId, realPaths: [...realPaths] })}\n`);
  const times = Buffer.alloc(mtimes.length * 8);
  for (const [index, time] of mtimes.entries()) times.writeDoubleLE(time, index * 8);
  return Buffer.concat([head, times]);
}

/** Throws `document-broken`. */
export function decodeFolderFile(bytes: Buffer): Omit<HeldFolderParts, 'key' | 'collection'> {
  const end = bytes.indexOf(lineEnd);
  const head = headSchema.safeParse(parseJson(bytes.toString('utf8', 0, Math.max(0, end))));
  const times = bytes.subarray(end + 1);
  if (!head.success || times.length % 8 !== 0) throw new EnxameError('document-broken');
  const mtimes = Float64Array.from({ length: times.length / 8 }, (_, index) => times.readDoubleLE(index * 8));
  return { ...head.data, realPaths: new Map(head.data.realPaths), mtimes };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // the schema says that it is broken
  }
}
