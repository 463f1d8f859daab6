import { describe, expect, it } from 'vitest';
import {
  EnxameError,
  errorInfoSchema,
  errorParamChars,
  fromErrorInfo,
  isErrorWithCode,
  toErrorInfo,
} from './enxame-error.js';

describe('EnxameError', () => {
  it('crosses a wire and comes back with its code and parameters', () => {
    const error = new EnxameError('name-too-long', { max: 40 }, { cause: new Error('detail') });
    const back = fromErrorInfo(errorInfoSchema.parse(JSON.parse(JSON.stringify(toErrorInfo(error)))));
    expect([back.code, back.params, back.cause]).toEqual(['name-too-long', { max: 40 }, undefined]);
    expect(isErrorWithCode(back, 'name-empty', 'name-too-long')).toBe(true);
    expect(isErrorWithCode(back, 'name-empty')).toBe(false);
  });

  it('keeps what anything else says to itself', () => {
    for (const thrown of [new TypeError('/home/ana'), 'text', undefined, { code: 'name-taken' }]) {
      expect(toErrorInfo(thrown)).toEqual({ code: 'internal' });
      expect(isErrorWithCode(thrown, 'name-taken')).toBe(false);
    }
  });

  it('cuts parameters to what the schema takes', () => {
    const info = toErrorInfo(new EnxameError('path-not-found', { path: 'x'.repeat(5000) }));
    expect(info.params?.['path']).toHaveLength(errorParamChars);
    expect(errorInfoSchema.safeParse(info).success).toBe(true);
  });

  it('reads a code of a newer version as internal', () => {
    expect(errorInfoSchema.parse({ code: 'from-the-future' })).toEqual({ code: 'internal' });
  });
});
