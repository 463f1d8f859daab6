import type { ErrorCode } from './error-codes.js';

/**
 * For each code: what happened and why, then what the person can do. `{name}` stands for a parameter, `{name:bytes}` for
 * one that is a count of bytes. `detail` follows `what` when all its parameters are known.
 */
export type ErrorWords = Readonly<
  Record<ErrorCode, { readonly what: string; readonly detail?: string; readonly todo: string }>
>;
