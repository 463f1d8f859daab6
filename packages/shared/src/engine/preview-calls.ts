import { z } from 'zod';
import { maxContentBytes } from '../content/piece-size.js';
import { contentIdSchema } from '../ids.js';
import type { RequestTable } from '../messages/request-table.js';
import { fileNameSchema } from '../tracker/entry.js';

/** 32 random bytes: whoever knows it may read this one content. */
export const previewIdSchema = z
  .string()
  .regex(/^[\w-]{43}$/)
  .brand<'PreviewId'>();
export type PreviewId = z.infer<typeof previewIdSchema>;

/** Where a page fetches the bytes of a preview, at the address that the page itself came from. */
export const previewPath = '/preview/';

/** A person looks at one thing; the rest is what a page has not closed yet. */
export const maxPreviews = 16;

/** Files of a folder in one answer. */
export const maxListedFiles = 1000;

/** A file in a folder: its path below it, with `/`. */
export const listedFileSchema = z.object({
  path: z.string(),
  size: z.int().min(0).max(maxContentBytes),
  contentId: contentIdSchema,
});
export type ListedFile = z.infer<typeof listedFileSchema>;

/** Showing a content that is here, or on its way here. (docs/spec/preview.md) */
export const previewCalls = {
  /**
   * `name` says what it is served as. Good until `preview:close`, or until the interface leaves. Throws
   * `content-not-found`, `not-supported` (nothing that is shown in a page), `rate-limited`.
   */
  'preview:open': {
    payload: z.strictObject({ contentId: contentIdSchema, name: fileNameSchema }),
    reply: z.object({ id: previewIdSchema, size: z.int().min(0).max(maxContentBytes) }),
  },
  /**
   * What is in a folder that is here, in the order of its paths: each file can be previewed by its own contentId. Empty folders
   * count and are not listed. Throws `content-not-found`. (V8)
   */
  'preview:contents': {
    payload: z.strictObject({
      contentId: contentIdSchema,
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(maxListedFiles).default(maxListedFiles),
    }),
    reply: z.object({ total: z.int().min(0), files: z.array(listedFileSchema).max(maxListedFiles) }),
  },
  /** Ends what is being read for it. */
  'preview:close': { payload: z.strictObject({ id: previewIdSchema }), reply: z.strictObject({}) },
} as const satisfies RequestTable;
