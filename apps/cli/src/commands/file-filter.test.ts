import { describe, expect, it } from 'vitest';
import { toFileFilter } from './file-filter.js';

const paths = ['a.txt', 'photos/a.jpg', 'photos/b.png', 'photos/2026/c.jpg', 'notes (1).md', 'photos2/d.jpg'];
const named = (...patterns: string[]): string[] => paths.filter(toFileFilter(patterns));

describe('patterns of files', () => {
  it.each([
    [['*.jpg'], ['photos/a.jpg', 'photos/2026/c.jpg', 'photos2/d.jpg']],
    [['photos'], ['photos/a.jpg', 'photos/b.png', 'photos/2026/c.jpg']],
    [['photos/'], ['photos/a.jpg', 'photos/b.png', 'photos/2026/c.jpg']],
    [['photos/*.jpg'], ['photos/a.jpg']],
    [['photos/**.jpg'], ['photos/a.jpg', 'photos/2026/c.jpg']],
    [
      ['?.txt', 'b.png'],
      ['a.txt', 'photos/b.png'],
    ],
    [['notes (1).md'], ['notes (1).md']],
    [['.txt'], []],
    [['[a].txt'], []],
  ])('%j name %j', (patterns, expected) => {
    expect(named(...patterns)).toEqual(expected);
  });
});
