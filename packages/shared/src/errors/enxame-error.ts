import { z } from 'zod';
import { errorCodes, type ErrorCode } from './error-codes.js';

/** The longest text that an error parameter may carry; longer ones are cut. */
export const errorParamChars = 512;

export type ErrorParams = Readonly<Record<string, string | number>>;

/** An error as it crosses a wire: the code, and what the sentence needs (names, sizes). */
export const errorInfoSchema = z.object({
  code: z.enum(errorCodes).catch('internal'),
  params: z.record(z.string().max(40), z.union([z.string().max(errorParamChars), z.number()])).optional(),
});
export interface ErrorInfo {
  readonly code: ErrorCode;
  readonly params?: ErrorParams | undefined;
}

/** The one error class of Enxame. Its message is the code: sentences are made where a person reads them. */
export class EnxameError extends Error {
  override readonly name = 'EnxameError';
  readonly code: ErrorCode;
  readonly params: ErrorParams | undefined;

  constructor(code: ErrorCode, params?: ErrorParams, options?: { readonly cause?: unknown }) {
    super(code, options);
    this.code = code;
    this.params = params && mapText(params);
  }

  toJSON(): ErrorInfo {
    return this.params ? { code: this.code, params: this.params } : { code: this.code };
  }
}

/** The wire form of anything thrown; what is not an EnxameError becomes `internal` and keeps its detail to itself. */
export function toErrorInfo(error: unknown): ErrorInfo {
  return error instanceof EnxameError ? error.toJSON() : { code: 'internal' };
}

export function fromErrorInfo(info: ErrorInfo): EnxameError {
  return new EnxameError(info.code, info.params);
}

export function isErrorWithCode(error: unknown, ...codes: readonly ErrorCode[]): error is EnxameError {
  return error instanceof EnxameError && codes.includes(error.code);
}

function mapText(params: ErrorParams): ErrorParams {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'string' ? value.slice(0, errorParamChars) : value,
    ]),
  );
}
