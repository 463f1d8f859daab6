import { z } from 'zod';
import { EnxameError, errorInfoSchema, toErrorInfo, type ErrorInfo } from '../errors/enxame-error.js';

/** What a request carries and what answers it, each as a schema. */
export interface RequestShape {
  readonly payload: z.ZodType;
  readonly reply: z.ZodType;
}

/** The whole remote surface of one protocol: a name that is not a key here does not exist. */
export type RequestTable = Readonly<Record<string, RequestShape>>;

export type RequestName<T extends RequestTable> = keyof T & string;
/** The payload as the caller writes it (defaults may be left out). */
export type PayloadIn<T extends RequestTable, N extends RequestName<T>> = z.input<T[N]['payload']>;
/** The payload as the handler reads it (parsed). */
export type PayloadOf<T extends RequestTable, N extends RequestName<T>> = z.output<T[N]['payload']>;
export type ReplyOf<T extends RequestTable, N extends RequestName<T>> = z.output<T[N]['reply']>;

/** One handler for each request of the table; a missing one does not compile. */
export type Handlers<T extends RequestTable, Context> = {
  readonly [N in RequestName<T>]: (
    payload: PayloadOf<T, N>,
    context: Context,
  ) => ReplyOf<T, N> | Promise<ReplyOf<T, N>>;
};

export const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), reply: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorInfoSchema }),
]);
export type Answer = z.infer<typeof answerSchema>;

/**
 * Answers one message from another process: looks the name up in the table, parses the payload, calls the handler.
 * Never throws. Whatever is not an EnxameError leaves as `internal`, without detail, after `onInternal` has seen it.
 */
export async function answerRequest<T extends RequestTable, Context>(
  table: T,
  handlers: Handlers<T, Context>,
  message: { readonly name: unknown; readonly payload: unknown },
  context: Context,
  onInternal: (error: unknown, name: string) => void,
): Promise<Answer> {
  const { name, payload } = message;
  if (typeof name !== 'string' || !Object.hasOwn(table, name)) return refusal(new EnxameError('not-supported'));
  const parsed = (table[name] as RequestShape).payload.safeParse(payload);
  if (!parsed.success) return refusal(new EnxameError('bad-request', { where: firstIssue(parsed.error) }));
  try {
    const handle = handlers[name] as (payload: unknown, context: Context) => unknown;
    return { ok: true, reply: await handle(parsed.data, context) };
  } catch (error) {
    if (!(error instanceof EnxameError)) onInternal(error, name);
    return refusal(error);
  }
}

function refusal(error: unknown): { ok: false; error: ErrorInfo } {
  return { ok: false, error: toErrorInfo(error) };
}

/** Where the payload broke the schema, never what it held: the answer must not echo hostile text. */
function firstIssue(error: z.ZodError): string {
  return (error.issues[0]?.path ?? []).map(String).join('.').slice(0, 80);
}
