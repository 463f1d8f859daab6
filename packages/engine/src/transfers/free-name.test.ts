import { describe, expect, it } from 'vitest';
import { candidateNames } from './free-name.js';

describe('C5: names with a number', () => {
  it('keep the extension', () => {
    const names = candidateNames('relação.tar.gz');
    expect([names.next().value, names.next().value, names.next().value]).toEqual([
      'relação.tar.gz',
      'relação.tar (2).gz',
      'relação.tar (3).gz',
    ]);
  });
});
