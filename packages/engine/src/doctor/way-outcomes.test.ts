import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { describe, expect, it } from 'vitest';
import { saysMore, toWayOutcome, toWays } from './way-outcomes.js';

const system = (code: string): Error => Object.assign(new Error(code), { code });

describe('what came of a way', () => {
  it.each([
    ['refused', new EnxameError('source-unreachable', undefined, { cause: system('ECONNREFUSED') })],
    ['no-route', new EnxameError('source-unreachable', undefined, { cause: system('ENETUNREACH') })],
    ['silent', new EnxameError('source-unreachable', undefined, { cause: system('ETIMEDOUT') })],
    ['silent', new EnxameError('cancelled')],
    ['other-device', new EnxameError('source-identity')],
    ['relay-refused', new EnxameError('source-unreachable', undefined, { cause: new EnxameError('relay-refused') })],
  ] as const)('is %s', (outcome, error) => {
    expect(toWayOutcome(error)).toBe(outcome);
  });

  it('of several addresses of one kind, what says more is kept', () => {
    expect(saysMore('refused', 'silent')).toBe(true);
    expect(saysMore('silent', 'refused')).toBe(false);
    expect(saysMore('silent', undefined)).toBe(true);
  });

  it('says of each kind why it is not in use, the best first', () => {
    expect(toWays('relay', new Map([['direct', 'silent'], ['reverse', 'silent'], ['punched', 'silent']]), new Set(['direct']))).toEqual([
      { path: 'lan', outcome: 'no-address' },
      { path: 'direct', outcome: 'silent' },
      { path: 'reverse', outcome: 'silent' },
      { path: 'punched', outcome: 'silent' },
      { path: 'relay', outcome: 'used' },
    ]); // prettier-ignore
    expect(toWays('lan', new Map(), new Set(['lan']))[4]).toEqual({ path: 'relay', outcome: 'not-needed' });
    expect(toWays(null, new Map(), new Set(['lan']))[0]).toEqual({ path: 'lan', outcome: 'silent' });
    expect(toWays('this-computer', new Map(), new Set())).toEqual([{ path: 'this-computer', outcome: 'used' }]);
  });
});
