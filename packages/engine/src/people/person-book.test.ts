import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserId } from '@enxame/shared/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPersonBook, type PersonBook } from './person-book.js';

const ana = { id: `${'a'.repeat(51)}a` as UserId, name: 'Ana' };
const rui = { id: `${'b'.repeat(51)}a` as UserId, name: 'Rui' };
let folder: string;
let book: PersonBook;
let now: number;
const open = (): Promise<PersonBook> =>
  openPersonBook(folder, {
    onBroken: (notice) => {
      throw notice;
    },
    now: () => now,
  });
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-book-'));
  now = 1;
  book = await open();
});
afterEach(async () => {
  await book.close();
  await rm(folder, { recursive: true });
});

describe('what is known of people', () => {
  it('I13: is there after a restart: verified, blocked, noted', async () => {
    await book.verify(ana, true);
    await book.note(ana, 'from the lab');
    now = 5;
    await book.block(rui, true);
    await book.close();
    book = await open();
    expect(book.get(ana.id)).toMatchObject({ verifiedAt: 1, note: 'from the lab', blockedAt: null });
    expect(book.blocked()).toEqual([{ id: rui.id, name: 'Rui', blockedAt: 5 }]);
  });

  it('I14: blocks by the key, and by the name only where no key is told', async () => {
    await book.block(rui, true);
    expect(book.isBlocked({ id: rui.id, name: 'Other' })).toBe(true);
    expect(book.isBlocked({ id: ana.id, name: 'Rui' })).toBe(false);
    expect(book.isBlocked({ id: undefined, name: 'rui' })).toBe(true);
    expect(book.isBlocked({ id: undefined, name: undefined })).toBe(false);
    await book.block(rui, false);
    expect(book.isBlocked({ id: rui.id, name: 'Rui' })).toBe(false);
    expect(book.get(rui.id)).toBeUndefined();
  });
});
