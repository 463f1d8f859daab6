import { describe, expect, it } from 'vitest';
import { markKnown, toJsonText } from './known-texts.js';

describe('known texts', () => {
  const values: unknown[] = [
    null,
    'a "quoted" line\n',
    1.5,
    true,
    [],
    {},
    [undefined, null, [1, [2]]],
    { a: undefined, b: [], c: { d: ['x', { e: null }] } },
  ];

  it('are what JSON makes of a value, known or not', () => {
    for (const value of values) expect(toJsonText(value)).toBe(JSON.stringify(value));
    for (const value of values.filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item)))
      expect(toJsonText(markKnown({ ...(value as object) }))).toBe(JSON.stringify(value));
  });

  it('are made of those of the items that are known', () => {
    const person = markKnown({ name: 'Ana', online: true });
    const page = markKnown({ total: 2, people: [person, { name: 'Rui', online: false }] });
    const expected = JSON.stringify(page);
    expect(toJsonText(page)).toBe(expected);
    expect(toJsonText(page)).toBe(expected);
    expect(toJsonText([{ ok: true, reply: page }])).toBe(JSON.stringify([{ ok: true, reply: page }]));
    expect(toJsonText({ other: person })).toBe(JSON.stringify({ other: person }));
  });

  it('are written once: whoever marks a value does not change it', () => {
    let asked = 0;
    const person = markKnown({
      get name() {
        asked++;
        return 'Ana';
      },
    });
    for (let times = 0; times < 3; times++)
      expect(toJsonText(['people:changed', person])).toBe('["people:changed",{"name":"Ana"}]');
    expect(asked).toBe(1);
  });
});
