import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  appears,
  contentsOf,
  limitSending,
  packFiles,
  remembered,
  sending,
  share,
  startFolderNetwork,
  transfer,
  verified,
  type FolderNetwork,
} from './testing/folder-network.js';

let network: FolderNetwork;

beforeEach(async () => {
  network = await startFolderNetwork();
});
afterEach(async () => {
  await network.close();
});

function manyFiles(count: number): Record<string, Uint8Array | string> {
  const files: Record<string, Uint8Array | string> = {
    'empty/': '',
    'deep/er/empty/': '',
    'مرحبا/بالعالم.txt': 'سلام',
    '😀🦊/😀.txt': 'fox',
    [`${'é'.repeat(110)}.txt`]: 'long',
    'nothing.txt': '',
    'twin-a.bin': 'the same',
    'twin-b.bin': 'the same',
    '.hidden/config': 'hidden',
    'large.bin': randomBytes(3_000_000),
    'deep/large-twin.bin': randomBytes(300_000),
    'edge.bin': randomBytes(256 * 1024),
    'over.bin': randomBytes(256 * 1024 + 1),
  };
  for (let index = 0; index < count; index++)
    files[`many/${String(index % 20)}/${String(index)}.txt`] = `file ${String(index)}`;
  return files;
}

describe('a folder from one engine to another', () => {
  it('C15: arrives as it is, with its structure, empty folders and odd names', async () => {
    const [ana, rui] = [await network.join('Ana'), await network.join('Rui')];
    const root = await network.makeFolder('Fotos', manyFiles(400));
    await symlink(join(root, 'large.bin'), join(root, 'link'));
    const { shares, refused } = await ana.client.call('share:add', { paths: [root] });
    expect(refused).toMatchObject([{ path: join(root, 'link'), error: { code: 'path-is-a-link' } }]);
    expect(shares).toMatchObject([{ name: 'Fotos', files: 411 }]);
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    expect(row.collection?.files).toBe(411);
    const { id } = await rui.client.call('download:start', { id: row.id });
    const done = await transfer(rui, id, verified);
    expect(done).toMatchObject({
      path: join(rui.downloads, 'Fotos'),
      folder: { files: 411, filesDone: 411 },
      size: row.size,
      bytesDone: row.size,
      sha256: null,
    });
    await rm(join(root, 'link'));
    expect(await contentsOf(join(rui.downloads, 'Fotos'))).toEqual(await contentsOf(root));
    expect(await readdir(rui.downloads)).toEqual(['Fotos']);
    // One send, whatever it took, and Rui's word that all of it arrived.
    const sent = await sending(ana, ({ state }) => state === 'received');
    const what = { name: 'Fotos', contentId: row.contentId, size: row.size, personName: 'Rui' };
    expect(sent).toMatchObject({ ...what, direction: 'send', folder: { files: 411, filesDone: 411 } });
    expect((await ana.client.call('transfers:list', {})).transfers).toHaveLength(1);
    const receipt = { contentId: row.contentId, size: row.size };
    expect(await remembered(ana, ({ length }) => length > 0)).toMatchObject([
      { ...what, direction: 'send', result: 'received', files: 411, receipt },
    ]);
    expect((await rui.client.call('history:list', {})).records).toMatchObject([
      { ...what, direction: 'receive', result: 'verified', files: 411, personName: 'Ana' },
    ]);
    const list = await rui.client.call('catalogue:list', { query: { text: '' }, window: { offset: 0, limit: 10 } });
    expect(list.rows).toMatchObject([{ here: true }]);
    expect((await rui.client.call('download:start', { id: row.id })).id).toBe(id);
  });

  it('C5: does not touch a folder of that name', async () => {
    const [ana, rui] = [await network.join('Ana'), await network.join('Rui')];
    await share(ana, await network.makeFolder('Fotos', { a: '1', 'b/c': '2' }));
    await mkdir(join(rui.downloads, 'Fotos'), { recursive: true });
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    const { id } = await rui.client.call('download:start', { id: row.id });
    expect((await transfer(rui, id, verified)).path).toBe(join(rui.downloads, 'Fotos (2)'));
    expect(await readdir(join(rui.downloads, 'Fotos'))).toEqual([]);
  });

  it('C16: does not fetch what is here, wherever it is', async () => {
    const [ana, rui] = [await network.join('Ana'), await network.join('Rui')];
    const large = randomBytes(2_000_000);
    const files = { 'a/1': 'one', 'a/2': 'two', large, 'new.txt': 'new' };
    await share(ana, await network.makeFolder('Fotos', files));
    await share(rui, await network.makeFolder('mine', { x: 'one', 'deep/y': 'two', z: large }));
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    const { id } = await rui.client.call('download:start', { id: row.id });
    const { path } = await transfer(rui, id, verified);
    expect(await contentsOf(path ?? '')).toEqual(await contentsOf(join(network.folder, 'shared', 'Fotos')));
    // The document and one small file: nothing of the two megabytes.
    const { records } = await rui.client.call('history:list', { text: 'Fotos', direction: 'receive' });
    expect(records[0]?.bytesMoved).toBeLessThan(2000);
  });

  it('C14: sends what is left of a version that changed, and says what is missing', async () => {
    const [ana, rui] = [await network.join('Ana'), await network.join('Rui')];
    const root = await network.makeFolder('Fotos', packFiles(900));
    await share(ana, root);
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    await limitSending(ana, 150_000); // four packs: the last is not asked for while the first comes, on a busy machine too
    const { id } = await rui.client.call('download:start', { id: row.id });
    await transfer(rui, id, ({ folder: counts }) => (counts?.filesDone ?? 0) > 0);
    await writeFile(join(root, 'f0899'), 'changed meanwhile');
    await limitSending(ana, null);
    const waiting = await transfer(rui, id, ({ folder: counts, error }) => counts?.filesDone === 899 && error !== null);
    expect(waiting).toMatchObject({ state: 'waiting', error: { code: 'source-gone', params: { name: 'Ana' } } });
    const next = await appears(rui, ({ contentId }) => contentId !== row.contentId);
    const again = await rui.client.call('download:start', { id: next.id });
    const { path } = await transfer(rui, again.id, verified);
    expect(await contentsOf(path ?? '')).toEqual(await contentsOf(root));
    await rui.client.call('transfer:remove', { id });
    expect(await readdir(rui.downloads)).toEqual(['Fotos']);
  });

  it('is served on: the first source may leave, and the second has it after a restart', async () => {
    const [ana, rui, eva] = [await network.join('Ana'), await network.join('Rui'), await network.join('Eva')];
    await share(ana, await network.makeFolder('Fotos', { a: 'one', 'b/c': 'two', large: randomBytes(1_000_000) }));
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    const first = await rui.client.call('download:start', { id: row.id });
    const { path } = await transfer(rui, first.id, verified);
    await share(rui, path ?? '');
    await network.closeOne(ana);
    await network.closeOne(rui);
    await network.open('Rui');
    const { id } = await eva.client.call('download:start', { id: row.contentId });
    const done = await transfer(eva, id, verified);
    expect(await contentsOf(done.path ?? '')).toEqual(await contentsOf(path ?? ''));
  });

  it('takes its part folder along when it is removed, and nothing else', async () => {
    const [ana, rui] = [await network.join('Ana'), await network.join('Rui')];
    await share(ana, await network.makeFolder('Fotos', packFiles(900)));
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    await limitSending(ana, 400_000);
    const { id } = await rui.client.call('download:start', { id: row.id });
    await transfer(rui, id, ({ folder: counts }) => (counts?.filesDone ?? 0) > 0);
    const [part = ''] = await readdir(rui.downloads);
    expect(part).toMatch(/^Fotos\.[0-9a-f]{8}\.part$/);
    await writeFile(join(rui.downloads, 'mine'), 'stays');
    await rui.client.call('transfer:remove', { id });
    expect(await readdir(rui.downloads)).toEqual(['mine']);
    const left = await readdir(join(network.folder, 'Rui', 'data', 'downloads'));
    expect(left.filter((name) => name.includes(row.contentId))).toEqual([]);
  });

  it('C7: goes on after a pause and a restart with what is there, hashed, and asks for nothing of it again', async () => {
    const [ana, rui] = [await network.join('Ana'), await network.join('Rui')];
    const root = await network.makeFolder('Fotos', packFiles(900));
    await share(ana, root);
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    await limitSending(ana, 400_000);
    const { id } = await rui.client.call('download:start', { id: row.id });
    const early = await transfer(rui, id, ({ folder: counts }) => (counts?.filesDone ?? 0) > 0);
    await rui.client.call('transfer:pause', { id });
    const part = join(rui.downloads, (await readdir(rui.downloads))[0] ?? '');
    await writeFile(join(part, 'f0000'), randomBytes(4096)); // what is on disk is not believed
    await network.closeOne(rui);
    await limitSending(ana, null);
    const again = await network.open('Rui');
    await again.client.call('transfer:resume', { id });
    const { path } = await transfer(again, id, verified);
    expect(await contentsOf(path ?? '')).toEqual(await contentsOf(root));
    const { records } = await again.client.call('history:list', { text: 'Fotos', direction: 'receive' });
    const filesMoved = (records[0]?.bytesMoved ?? 0) / 4097;
    // One pack may have been on its way on each of the two connections when it was paused.
    expect(filesMoved).toBeLessThan(900 + 2 * 256);
    expect(early.folder?.filesDone).toBeGreaterThan(0);
  });
});

describe('C19: before the first byte', () => {
  it('tells what is here, what has the name, and what would come', async () => {
    const [ana, rui] = [await network.join('Ana'), await network.join('Rui')];
    await share(ana, await network.makeFolder('Fotos', { 'a/1': 'one', 'a/2': 'two', new: 'new' }));
    await share(rui, await network.makeFolder('mine', { x: 'one' }));
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    const before = await rui.client.call('download:check', { id: row.id });
    expect(before).toMatchObject({
      name: 'Fotos',
      size: 9,
      bytesHere: 3,
      bytesToFetch: 6,
      files: 3,
      filesHere: 1,
      folder: rui.downloads,
      fits: true,
      collision: 'none',
      savedAs: 'Fotos',
      renames: { count: 0, shown: [] },
    });
    expect(before.freeBytes).toBeGreaterThan(0);
    expect(await readdir(rui.downloads).catch(() => [])).toEqual([]);
    const { id } = await rui.client.call('download:start', { id: row.id });
    const { path } = await transfer(rui, id, verified);
    expect(await rui.client.call('download:check', { id: row.id })).toMatchObject({
      bytesToFetch: 0,
      filesHere: 3,
      collision: 'same',
      savedAs: 'Fotos',
    });
    await writeFile(join(path ?? '', 'a', '1'), 'mine now');
    expect(await rui.client.call('download:check', { id: row.id })).toMatchObject({
      collision: 'other',
      savedAs: 'Fotos (2)',
    });
  });

  it('says nothing of the files inside while no source tells of them', async () => {
    const [ana, rui] = [await network.join('Ana'), await network.join('Rui')];
    await share(ana, await network.makeFolder('Fotos', { a: '1' }));
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    await network.closeOne(ana);
    expect(await rui.client.call('download:check', { id: row.id })).toMatchObject({
      files: 1,
      filesHere: null,
      bytesHere: 0,
    });
  });
});
