import type { ErrorCode } from './error-codes.js';

/** For each code: what happened and why, then what the person can do. `{name}` stands for a parameter. */
export type ErrorWords = Readonly<Record<ErrorCode, { readonly what: string; readonly todo: string }>>;
