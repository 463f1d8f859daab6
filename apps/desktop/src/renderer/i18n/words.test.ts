import { describe, expect, it } from 'vitest';
import { en } from './en.js';
import { ptBr } from './pt-br.js';

type Tree = { readonly [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') flat.set(prefix + key, value);
    else for (const [inner, text] of flatten(value, `${prefix}${key}.`)) flat.set(inner, text);
  }
  return flat;
}

const english = flatten(en);
const portuguese = flatten(ptBr);
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1] ?? '').sort();
const pluralBases = [...english.keys()]
  .filter((key) => key.endsWith('_other'))
  .map((key) => key.slice(0, -'_other'.length));

describe('the catalogues', () => {
  it('have the same keys, plurals aside', () => {
    const single = (flat: Map<string, string>): string[] =>
      [...flat.keys()].filter((key) => !key.endsWith('_many')).sort();
    expect(single(portuguese)).toEqual(single(english));
    expect(english.size).toBeGreaterThan(250);
  });

  it('have every plural form of their language', () => {
    const forms = (language: string): string[] => new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    expect(pluralBases.length).toBeGreaterThan(10);
    for (const base of pluralBases) {
      for (const form of forms('en')) expect(english.has(`${base}_${form}`), `en ${base}_${form}`).toBe(true);
      for (const form of forms('pt-BR')) expect(portuguese.has(`${base}_${form}`), `pt-BR ${base}_${form}`).toBe(true);
    }
  });

  it('use the same placeholders', () => {
    for (const [key, text] of portuguese) {
      const source = english.get(key) ?? english.get(key.replace(/_many$/, '_other'));
      expect(placeholders(text), key).toEqual(placeholders(source ?? ''));
    }
  });

  it('say nothing in an exclamation, and nothing empty', () => {
    for (const [key, text] of [...english, ...portuguese]) {
      expect(text, key).not.toContain('!');
      expect(text.trim(), key).not.toBe('');
    }
  });
});
