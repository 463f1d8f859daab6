import { describe, expect, it } from 'vitest';
import { toContentType } from './content-type.js';

describe('the type of a content', () => {
  it.each([
    ['Relação.PDF', 'document'],
    ['a.b.jpeg', 'image'],
    ['backup.tar.gz', 'archive'],
    ['clip.mkv', 'video'],
    ['song.flac', 'audio'],
    ['setup.exe', 'program'],
    ['.png', 'other'],
    ['README', 'other'],
    ['name.constructor', 'other'],
  ])('T33: takes %s for %s', (name, type) => {
    expect(toContentType(name)).toBe(type);
  });
});
