import type { Share } from '@enxame/shared/engine/share';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { catalogueQuerySchema } from '@enxame/shared/tracker/catalogue-query';
import type { UserId } from '@enxame/shared/ids';
import { describe, expect, it } from 'vitest';
import { kindOf } from '@enxame/ui/files/file-kind';
import { findPathHere, listFilesHere, type FileRow } from './file-row.js';
import { queryRows } from './sort-rows.js';

const share = (name: string, change: Partial<Share> = {}): Share =>
  ({
    id: `s-${name}`,
    name,
    contentId: `c-${name}`,
    state: 'shared',
    path: `/s/${name}`,
    size: 1,
    sha256: null,
    addedAt: 1,
    visibility: { kind: 'everyone' },
    ...change,
  }) as Share;
const transfer = (name: string, change: Partial<Transfer> = {}): Transfer =>
  ({
    id: `t-${name}`,
    entryId: null,
    name,
    contentId: `c-${name}`,
    direction: 'receive',
    state: 'verified',
    size: 2,
    sha256: null,
    personName: 'Rafael',
    startedAt: 1,
    finishedAt: 5,
    path: `/d/${name}`,
    ...change,
  }) as Transfer;

describe('what is on this computer', () => {
  it('is what is shared and what arrived verified, once each', () => {
    const rows = listFilesHere({
      shares: [share('a'), share('hashing', { state: 'hashing', contentId: null }), share('gone', { state: 'broken' })],
      transfers: [
        transfer('a'),
        transfer('b'),
        transfer('c', { state: 'moving' }),
        transfer('d', { direction: 'send', state: 'sent' }),
      ],
      user: null,
      people: [{ id: 'u' as UserId, name: 'Rafael', online: true, lastSeenAt: null, entries: 1 }],
    });
    expect(rows[1]?.owner).toEqual({ id: 'u', name: 'Rafael', online: true });
    expect(rows.map(({ name, mine }) => [name, mine])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it('has a path, the downloaded copy first', () => {
    const id = share('a').contentId;
    expect(findPathHere(id, [share('a')], [transfer('a')])).toBe('/d/a');
    expect(findPathHere(id, [share('a')], [transfer('a', { state: 'moving', path: null })])).toBe('/s/a');
    expect(findPathHere(id, [share('a', { state: 'broken' })], [])).toBeNull();
  });
});

describe('search and sort at hand', () => {
  const rows = ['Relação 10.txt', 'relacao 9.txt', 'Foto.png'].map((name, index): FileRow => ({
    key: name,
    entryId: null,
    contentId: null,
    name,
    size: index * 10,
    files: null,
    sha256: null,
    addedAt: index,
    owner: { id: null, name: index === 2 ? 'João' : 'Ana', online: null },
    sources: null,
    mine: false,
    here: true,
  }));
  const query = (change: object): string[] =>
    queryRows(rows, catalogueQuerySchema.parse(change), 'pt-BR').map(({ name }) => name);

  it('finds words in any order, in the name or the owner, without case or accents', () => {
    expect(query({ text: 'TXT relação' })).toHaveLength(2);
    expect(query({ text: 'joao' })).toEqual(['Foto.png']);
    expect(query({ text: 'joao relacao' })).toEqual([]);
  });
  it('narrows to a type, and knows a folder whatever it is called', () => {
    expect(query({ type: 'image' })).toEqual(['Foto.png']);
    expect(query({ type: 'folder' })).toEqual([]);
    const folder = rows.map((row) => ({ ...row, files: 3 }));
    expect(queryRows(folder, catalogueQuerySchema.parse({ type: 'folder' }), 'en')).toHaveLength(3);
    expect(queryRows(folder, catalogueQuerySchema.parse({ type: 'image' }), 'en')).toEqual([]);
  });
  it('sorts numbers in names as numbers', () => {
    expect(query({ sort: 'name', descending: false })).toEqual(['Foto.png', 'relacao 9.txt', 'Relação 10.txt']);
  });
  it('keeps sizes in bounds', () => {
    expect(query({ minBytes: 5, maxBytes: 15 })).toEqual(['relacao 9.txt']);
  });
});

it('tells kinds by the extension, whatever its case', () => {
  expect(['a.PDF', 'b.tar.zst', 'c', '.gitignore', 'd.mkv'].map(kindOf)).toEqual([
    'text',
    'archive',
    'file',
    'file',
    'video',
  ]);
});
