import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { EnxameError } from '../errors/enxame-error.js';
import { answerRequest, answerSchema, type Handlers } from './request-table.js';

const table = {
  'sum:get': {
    payload: z.strictObject({ left: z.int(), right: z.int().default(1) }),
    reply: z.object({ sum: z.int() }),
  },
  'error:get': { payload: z.strictObject({ known: z.boolean() }), reply: z.object({}) },
} as const;
const handlers: Handlers<typeof table, { factor: number }> = {
  'sum:get': ({ left, right }, { factor }) => ({ sum: (left + right) * factor }),
  'error:get': ({ known }) => {
    throw known ? new EnxameError('name-taken', { name: 'Ana' }) : new Error('a secret');
  },
};
const internal: [unknown, string][] = [];
const ask = (name: unknown, payload: unknown) =>
  answerRequest(table, handlers, { name, payload }, { factor: 2 }, (error, where) => internal.push([error, where]));

describe('answerRequest', () => {
  it('parses the payload, defaults included, and answers what the handler returns', async () => {
    expect(await ask('sum:get', { left: 2 })).toEqual({ ok: true, reply: { sum: 6 } });
  });

  it.each([
    ['toString', {}],
    ['__proto__', {}],
    ['constructor', {}],
    ['sum', {}],
    [undefined, {}],
    [7, {}],
    [{ toString: () => 'sum:get' }, {}],
  ])('knows no request %j', async (name, payload) => {
    expect(await ask(name, payload)).toEqual({ ok: false, error: { code: 'not-supported' } });
  });

  it.each([
    [undefined, ''],
    [null, ''],
    [{}, 'left'],
    [{ left: '2' }, 'left'],
    [{ left: 2, more: 1 }, ''],
  ])('answers where the payload %j is wrong, and not what it held', async (payload, where) => {
    expect(await ask('sum:get', payload)).toEqual({ ok: false, error: { code: 'bad-request', params: { where } } });
  });

  it('answers the error of a handler, and of an unforeseen one only that there was one', async () => {
    expect(await ask('error:get', { known: true })).toEqual({
      ok: false,
      error: { code: 'name-taken', params: { name: 'Ana' } },
    });
    expect(internal).toEqual([]);
    const answer = await ask('error:get', { known: false });
    expect(answer).toEqual({ ok: false, error: { code: 'internal' } });
    expect(internal).toEqual([[new Error('a secret'), 'error:get']]);
    expect(answerSchema.safeParse(JSON.parse(JSON.stringify(answer))).success).toBe(true);
  });
});
