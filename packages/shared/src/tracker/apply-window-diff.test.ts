import { describe, expect, it } from 'vitest';
import { toBase32 } from '../content/base32.js';
import { contentIdSchema, entryIdSchema, userIdSchema } from '../ids.js';
import { applyWindowDiff } from './apply-window-diff.js';
import type { CatalogueRow } from './entry.js';

const row = (byte: number, name: string): CatalogueRow => ({
  id: entryIdSchema.parse(toBase32(new Uint8Array(16).fill(byte))),
  contentId: contentIdSchema.parse(toBase32(new Uint8Array(32))),
  name,
  size: 1,
  sha256: null,
  addedAt: 0,
  owner: { id: userIdSchema.parse(toBase32(new Uint8Array(32))), name: 'Ana', online: true },
  sources: 1,
});
const [a, b, c] = [row(1, 'a'), row(2, 'b'), row(3, 'c')];

describe('applyWindowDiff', () => {
  it('T9: replaces rows where they are when no order comes', () => {
    const renamed = { ...b, name: 'B' };
    expect(applyWindowDiff({ total: 2, rows: [a, b] }, { total: 5, upserted: [renamed] })).toEqual({
      total: 5,
      rows: [a, renamed],
    });
  });

  it('T9: drops rows that the order does not name, and puts new ones in their place', () => {
    expect(applyWindowDiff({ total: 2, rows: [a, b] }, { total: 2, upserted: [c], order: [c.id, a.id] })).toEqual({
      total: 2,
      rows: [c, a],
    });
  });

  it('T9: passes over a row that nobody has', () => {
    expect(applyWindowDiff({ total: 1, rows: [a] }, { total: 2, upserted: [], order: [b.id, a.id] }).rows).toEqual([a]);
  });
});
