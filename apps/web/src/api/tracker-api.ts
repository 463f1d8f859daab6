import { EnxameError, errorInfoSchema, fromErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { z } from 'zod';

/** An answer of the tracker that is JSON comes within this, or it is taken as lost. */
const answerMs = 30_000;

export interface TrackerApi {
  /**
   * Asks the tracker; the answer is parsed. Throws what the tracker refused with, `tracker-unreachable` where nothing
   * came, `timed-out`, `cancelled` by the signal.
   */
  ask<S extends z.ZodType>(request: ApiRequest<S>): Promise<z.output<S>>;
}

export interface ApiRequest<S extends z.ZodType> {
  readonly method?: 'get' | 'post' | 'delete';
  readonly path: string;
  readonly query?: ApiQuery;
  readonly body?: unknown;
  readonly reply: S;
  readonly signal?: AbortSignal | undefined;
}

export type ApiQuery = Readonly<Record<string, string | number | undefined>>;

export interface ApiDeps {
  readonly fetch: typeof globalThis.fetch;
  /** The secret of who is signed in; null for anybody. */
  readonly token: () => string | null;
}

export function createTrackerApi({ fetch, token }: ApiDeps): TrackerApi {
  return {
    ask: async ({ method = 'get', path, query = {}, body, reply, signal }) => {
      const deadline = AbortSignal.timeout(answerMs);
      const bearer = token();
      let answer: unknown;
      try {
        const response = await fetch(toPath(path, query), {
          method: method.toUpperCase(),
          headers: {
            accept: 'application/json',
            ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
            ...(body !== undefined && { 'content-type': 'application/json' }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
          signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
        });
        answer = await response.json();
        if (!response.ok) throw toRefusal(answer);
      } catch (error) {
        throw toApiError(error, signal, deadline);
      }
      const parsed = reply.safeParse(answer);
      if (!parsed.success) throw new EnxameError('tracker-version', undefined, { cause: parsed.error });
      return parsed.data;
    },
  };
}

/** A path of the tracker with its query; what is undefined is left out. */
export function toPath(path: string, query: ApiQuery = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** The error in `{error: {code}}`, whatever came. */
export function toRefusal(answer: unknown): EnxameError {
  const error = typeof answer === 'object' && answer !== null && 'error' in answer ? answer.error : undefined;
  const parsed = errorInfoSchema.safeParse(error);
  return parsed.success ? fromErrorInfo(parsed.data) : new EnxameError('internal');
}

/** Anything thrown on the way to the tracker, as one of ours. */
export function toApiError(error: unknown, signal?: AbortSignal, deadline?: AbortSignal): EnxameError {
  if (error instanceof EnxameError) return error;
  if (signal?.aborted) return new EnxameError('cancelled', undefined, { cause: error });
  if (deadline?.aborted) return new EnxameError('timed-out', undefined, { cause: error });
  if (error instanceof SyntaxError) return new EnxameError('internal', undefined, { cause: error });
  return new EnxameError('tracker-unreachable', undefined, { cause: error });
}
