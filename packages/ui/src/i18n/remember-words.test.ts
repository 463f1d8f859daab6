import { expect, it } from 'vitest';
import type { Translate } from './i18n-context.js';
import { rememberWords } from './remember-words.js';

function setUp() {
  const asked: string[] = [];
  const t: Translate = (key, params) => {
    asked.push(key);
    return `${key} ${Object.values(params ?? {}).join('+')}`.trim();
  };
  return { asked, words: rememberWords(t) };
}

// The keys are of no catalogue.
const key = (name: string): never => name as never;

it('asks once for what is said again', () => {
  const { asked, words } = setUp();
  for (let turn = 0; turn < 3; turn++) {
    expect(words(key('online'))).toBe('online');
    expect(words(key('sources'), { count: 2 })).toBe('sources 2');
    expect(words(key('download'), { name: `file-${String(turn)}.txt` })).toBe(`download file-${String(turn)}.txt`);
  }
  expect(asked).toEqual(['online', 'sources', 'download']);
});

it('tells a count from the same word without one, and a text from a pattern', () => {
  const { words } = setUp();
  expect(words(key('files'), { count: 0 })).toBe('files 0');
  expect(words(key('files'))).toBe('files');
  expect(words(key('files'), { count: 1_000_000 })).toBe('files 1000000');
  expect(words(key('download'), { name: '$& {{name}} $t(files)' })).toBe('download $& {{name}} $t(files)');
  expect(words(key('both'), { name: 'a', percent: '1%' })).toBe('both a+1%');
});
