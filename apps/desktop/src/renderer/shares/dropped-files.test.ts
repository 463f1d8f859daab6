import { expect, it } from 'vitest';
import { readDroppedFiles } from './dropped-files.js';

type Entry = Parameters<typeof readDroppedFiles>[0][number];
const file = (name: string): Entry =>
  ({
    name,
    isFile: true,
    isDirectory: false,
    file: (done: (file: unknown) => void) => {
      done({ name });
    },
  }) as Entry;
const folder = (entries: Entry[]): Entry => {
  const batches = [entries.slice(0, 2), entries.slice(2), []].filter((batch, index) => index === 2 || batch.length > 0);
  return {
    name: 'folder',
    isFile: false,
    isDirectory: true,
    createReader: () => ({
      readEntries: (done: (entries: Entry[]) => void) => {
        done(batches.shift() ?? []);
      },
    }),
  } as Entry;
};

it('finds the files in folders, in batches and in depth', async () => {
  const dropped = [file('a'), folder([file('b'), folder([file('c')]), file('d')]), folder([])];
  expect((await readDroppedFiles(dropped)).map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
});
