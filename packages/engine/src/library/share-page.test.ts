import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBase32 } from '@enxame/shared/content/base32';
import { sharePages } from '@enxame/shared/engine/share-pages';
import type { EntryId } from '@enxame/shared/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sharePage } from './share-page.js';
import type { ShareRecord } from './share-record.js';
import { openShares, type Shares } from './shares.js';

let folder: string;
let shares: Shares;
let names: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-pages-'));
  shares = await openShares(folder, (notice) => {
    throw notice;
  });
  names = Array.from({ length: 1200 }, (_, index) => `file ${String(index)}`);
  await Promise.all(names.map((name, index) => shares.put(record(name, index))));
});
afterEach(async () => {
  await shares.close();
  await rm(folder, { recursive: true });
});

function record(name: string, index: number): ShareRecord {
  const id = toBase32(Uint8Array.from({ length: 16 }, (_, at) => (index >> (8 * at)) & 0xff)) as EntryId;
  const path = join(folder, name);
  return { id, path, name, size: 1, collection: null, chosen: null, mtimeMs: 1, contentId: null, sha256: null, addedAt: index, audience: null }; // prettier-ignore
}

describe('the pages of the shares', () => {
  it('are together all of them, each once, in the order in which they were added', async () => {
    const pages: string[][] = [];
    const call = (_: string, { after }: { after?: string | undefined }) =>
      Promise.resolve(sharePage(shares, after as EntryId | undefined));
    for await (const page of sharePages({ call })) pages.push(page.map(({ name }) => name));
    expect(pages.map((page) => page.length)).toEqual([500, 500, 200]);
    expect(pages.flat()).toEqual(names);
  });

  it('begin again when the share that the next page follows is gone', async () => {
    const { next } = sharePage(shares);
    if (next === undefined) throw new Error('there is only one page');
    await shares.delete(next);
    expect(sharePage(shares, next).shares[0]?.name).toBe('file 0');
  });

  it('end with a page that fits exactly', async () => {
    for (const { id } of [...shares.records()].slice(500)) await shares.delete(id);
    expect(sharePage(shares)).toMatchObject({ shares: { length: 500 } });
    expect(sharePage(shares).next).toBeUndefined();
  });
});
