import type { z } from 'zod';

/** Who may ask: `read` is anybody where the catalogue is public, else a member; the others are scopes of a token. */
export type ApiAccess = 'anyone' | 'read' | 'upload' | 'admin';

/** A route of the tracker's HTTP side. What it parses and what it answers is also what `/openapi.json` says. */
export interface ApiRoute {
  readonly method: 'get' | 'post' | 'delete';
  /** As Express has it, `:name` for what `params` parses. */
  readonly path: string;
  readonly access: ApiAccess;
  readonly summary: string;
  readonly params?: z.ZodType;
  /** What comes as text: numbers are coerced. */
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The body is multipart/form-data: files in this field. */
  readonly files?: string;
  /** `bytes`: not JSON but a content, with Range, ETag and Content-Disposition. `zip`: streamed. `text`: plain. */
  readonly reply: z.ZodType | 'bytes' | 'zip' | 'text';
  /** What is answered, by its status, that is neither the reply nor an error. */
  readonly refusals?: Readonly<Record<number, z.ZodType>>;
}
