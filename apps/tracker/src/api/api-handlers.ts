import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ApiRouteName, ApiRoutes } from '@enxame/shared/tracker/api';
import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Caller } from './callers.js';

/** One request of the HTTP API, let in and parsed. */
export interface ApiCall {
  /** Undefined where nobody has to sign in and nobody did. */
  readonly caller: Caller | undefined;
  readonly request: Request;
  readonly response: Response;
  /** In normal form. */
  readonly remoteHost: string;
  /** Aborted when who asked went away before the answer was whole. */
  readonly signal: AbortSignal;
}

type Parsed<R, K extends string> =
  R extends Readonly<Record<K, infer S>> ? (S extends z.ZodType ? z.output<S> : undefined) : undefined;

export interface ApiInput<N extends ApiRouteName> {
  readonly params: Parsed<ApiRoutes[N], 'params'>;
  readonly query: Parsed<ApiRoutes[N], 'query'>;
  readonly body: Parsed<ApiRoutes[N], 'body'>;
}

/** What becomes JSON; who answers bytes writes them itself. */
export type ApiReply<N extends ApiRouteName> = ApiRoutes[N]['reply'] extends infer S
  ? S extends z.ZodType
    ? z.input<S>
    : void // eslint-disable-line @typescript-eslint/no-invalid-void-type -- the handler has answered itself
  : never;

/** A handler of each route: a missing one does not compile. */
export type ApiHandlers<N extends ApiRouteName = ApiRouteName> = {
  readonly [K in N]: (input: ApiInput<K>, call: ApiCall) => ApiReply<K> | Promise<ApiReply<K>>;
};

/** Throws `unauthorized`; behind a route that lets only members in it cannot. */
export function callerOf({ caller }: ApiCall): Caller {
  if (!caller) throw new EnxameError('unauthorized');
  return caller;
}
