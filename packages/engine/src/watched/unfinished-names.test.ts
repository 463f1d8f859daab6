import { expect, test } from 'vitest';
import { isAwaited, isPassedOver } from './unfinished-names.js';

test('L3: what is being written, hidden files and what only systems use are passed over', () => {
  const passed = ['film.mp4.part', 'a.crdownload', 'x.TMP', '.hidden', '~$thesis.docx', 'Thumbs.db', 'notes.txt~'];
  expect(passed.filter((name) => !isPassedOver(name))).toEqual([]);
  expect(['film.mp4', 'party.txt', 'template.tmpx', 'download'].filter(isPassedOver)).toEqual([]);
});

test('L3: a file beside the notes of its download waits for it', () => {
  expect(isAwaited('film.mkv', new Set(['film.mkv', 'film.mkv.aria2']))).toBe(true);
  expect(isAwaited('film.mkv', new Set(['film.mkv', 'other.mkv.part']))).toBe(false);
});
