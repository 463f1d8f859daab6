import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import type { EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import type { Share } from '@enxame/shared/engine/share';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from './engine.js';

const trackerProgram = fileURLToPath(new URL('../../../apps/tracker/dist/main.js', import.meta.url));
const hashWorkerUrl = new URL('../dist/hashing/hash-worker.js', import.meta.url);
const folderWorkerUrl = new URL('../dist/collections/folder-worker.js', import.meta.url);

let folder: string;
let tracker: { readonly url: string; readonly process: ChildProcess };
const engines: Engine[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-folders-'));
  const args = ['--host', '127.0.0.1', '--port', '0', '--data', join(folder, 'tracker'), '--json'];
  const started = spawn(process.execPath, [trackerProgram, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(started.stdout), 'line')) as [string];
  tracker = { url: (JSON.parse(line) as { url: string }).url, process: started };
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  const exited = once(tracker.process, 'exit');
  tracker.process.kill('SIGTERM');
  await exited;
  await rm(folder, { recursive: true });
});

interface Person {
  readonly engine: Engine;
  readonly client: EngineClient;
  readonly downloads: string;
}

async function open(name: string): Promise<Person> {
  const downloads = join(folder, name, 'downloads');
  const engine = await createEngine({
    dataFolder: join(folder, name, 'data'),
    downloadsFolder: downloads,
    version: '0',
    logger: pino({ level: 'error' }, pino.destination(2)),
    hashWorkerUrl,
    folderWorkerUrl,
  });
  engines.push(engine);
  const [near, far] = createMemoryCarrierPair();
  engine.accept(far);
  return { engine, client: createEngineClient(near), downloads };
}

async function joinNetwork(name: string): Promise<Person> {
  const person = await open(name);
  await person.client.call('tracker:use', { url: tracker.url });
  await person.client.call('user:register', { name });
  return person;
}

async function close({ engine }: Person): Promise<void> {
  engines.splice(engines.indexOf(engine), 1);
  await engine.close();
}

/** Files by their paths; one that ends in a slash is an empty folder. */
async function makeFolder(name: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const root = join(folder, 'shared', name);
  await mkdir(root, { recursive: true });
  for (const [path, bytes] of Object.entries(files)) {
    if (path.endsWith('/')) await mkdir(join(root, path), { recursive: true });
    else {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), bytes);
    }
  }
  return root;
}

async function share({ client }: Person, path: string): Promise<Share> {
  const { shares } = await client.call('share:add', { paths: [path] });
  return shares[0] ?? expect.fail('not shared');
}

async function appears({ client }: Person, fits: (row: EngineCatalogueRow) => boolean): Promise<EngineCatalogueRow> {
  return new Promise((resolve, reject) => {
    const look = ({ rows }: { rows: readonly EngineCatalogueRow[] }): void => {
      const row = rows.find((each) => each.sources > 0 && fits(each));
      if (row) resolve(row);
    };
    client.on('catalogue:changed', ({ diff }) => {
      look({ rows: diff.upserted });
    });
    client
      .call('catalogue:watch', { watchId: 1, query: { text: '' }, window: { offset: 0, limit: 10 } })
      .then(look, reject);
  });
}

function transfer({ client }: Person, id: string, fits: (transfer: Transfer) => boolean): Promise<Transfer> {
  return new Promise((resolve, reject) => {
    const look = (transfers: readonly Transfer[]): void => {
      const found = transfers.find((each) => each.id === id);
      if (found?.state === 'failed' && !fits(found)) reject(new Error(JSON.stringify(found.error)));
      if (found && fits(found)) resolve(found);
    };
    client.on('transfers:changed', ({ upserted }) => {
      look(upserted);
    });
    client.call('transfers:list', {}).then(({ transfers }) => {
      look(transfers);
    }, reject);
  });
}

const verified = ({ state }: Transfer): boolean => state === 'verified';

/** Every path below, with what is in it: the hash of a file, "folder" of a folder. */
async function contentsOf(root: string, below = ''): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) Object.assign(found, { [path]: 'folder' }, await contentsOf(root, path));
    else if (entry.isFile())
      found[path] = createHash('sha256')
        .update(await readFile(join(root, path)))
        .digest('hex');
    else found[path] = 'other';
  }
  return found;
}

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
    const [ana, rui] = [await joinNetwork('Ana'), await joinNetwork('Rui')];
    const root = await makeFolder('Fotos', manyFiles(2000));
    await symlink(join(root, 'large.bin'), join(root, 'link'));
    const { shares, refused } = await ana.client.call('share:add', { paths: [root] });
    expect(refused).toMatchObject([{ path: join(root, 'link'), error: { code: 'path-is-a-link' } }]);
    expect(shares).toMatchObject([{ name: 'Fotos', files: 2011 }]);
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    expect(row.collection?.files).toBe(2011);
    const { id } = await rui.client.call('download:start', { id: row.id });
    const done = await transfer(rui, id, verified);
    expect(done).toMatchObject({
      path: join(rui.downloads, 'Fotos'),
      folder: { files: 2011, filesDone: 2011 },
      size: row.size,
      bytesDone: row.size,
      sha256: null,
    });
    await rm(join(root, 'link'));
    expect(await contentsOf(join(rui.downloads, 'Fotos'))).toEqual(await contentsOf(root));
    expect(await readdir(rui.downloads)).toEqual(['Fotos']);
    const { transfers } = await ana.client.call('transfers:list', {});
    expect(transfers).toMatchObject([
      { direction: 'send', name: 'Fotos', contentId: row.contentId, personName: 'Rui' },
    ]);
    expect(transfers).toHaveLength(1);
    const list = await rui.client.call('catalogue:list', { query: { text: '' }, window: { offset: 0, limit: 10 } });
    expect(list.rows).toMatchObject([{ here: true }]);
    expect((await rui.client.call('download:start', { id: row.id })).id).toBe(id);
  });

  it('C5: does not touch a folder of that name', async () => {
    const [ana, rui] = [await joinNetwork('Ana'), await joinNetwork('Rui')];
    await share(ana, await makeFolder('Fotos', { a: '1', 'b/c': '2' }));
    await mkdir(join(rui.downloads, 'Fotos'), { recursive: true });
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    const { id } = await rui.client.call('download:start', { id: row.id });
    expect((await transfer(rui, id, verified)).path).toBe(join(rui.downloads, 'Fotos (2)'));
    expect(await readdir(join(rui.downloads, 'Fotos'))).toEqual([]);
  });

  it('C16: does not fetch what is here, wherever it is', async () => {
    const [ana, rui] = [await joinNetwork('Ana'), await joinNetwork('Rui')];
    const large = randomBytes(2_000_000);
    const files = { 'a/1': 'one', 'a/2': 'two', large, 'new.txt': 'new' };
    await share(ana, await makeFolder('Fotos', files));
    await share(rui, await makeFolder('mine', { x: 'one', 'deep/y': 'two', z: large }));
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    const { id } = await rui.client.call('download:start', { id: row.id });
    const { path } = await transfer(rui, id, verified);
    expect(await contentsOf(path ?? '')).toEqual(await contentsOf(join(folder, 'shared', 'Fotos')));
    // The document and one small file: nothing of the two megabytes.
    const { records } = await rui.client.call('history:list', { text: 'Fotos', direction: 'receive' });
    expect(records[0]?.bytesMoved).toBeLessThan(2000);
  });

  it('C14: sends what is left of a version that changed, and says what is missing', async () => {
    const [ana, rui] = [await joinNetwork('Ana'), await joinNetwork('Rui')];
    const root = await makeFolder('Fotos', { a: 'one', b: 'two', c: 'three' });
    await share(ana, root);
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    await writeFile(join(root, 'b'), 'changed meanwhile');
    const { id } = await rui.client.call('download:start', { id: row.contentId });
    const waiting = await transfer(rui, id, ({ folder: counts, error }) => counts?.filesDone === 2 && error !== null);
    expect(waiting.error).toMatchObject({ code: 'source-gone', params: { name: 'Ana' } });
    const next = await appears(rui, ({ contentId }) => contentId !== row.contentId);
    const again = await rui.client.call('download:start', { id: next.id });
    const { path } = await transfer(rui, again.id, verified);
    expect(await readFile(join(path ?? '', 'b'), 'utf8')).toBe('changed meanwhile');
    await rui.client.call('transfer:remove', { id });
    expect(await readdir(rui.downloads)).toEqual(['Fotos']);
  });

  it('is served on: the first source may leave, and the second has it after a restart', async () => {
    const [ana, rui, eva] = [await joinNetwork('Ana'), await joinNetwork('Rui'), await joinNetwork('Eva')];
    await share(ana, await makeFolder('Fotos', { a: 'one', 'b/c': 'two', large: randomBytes(1_000_000) }));
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    const first = await rui.client.call('download:start', { id: row.id });
    const { path } = await transfer(rui, first.id, verified);
    await share(rui, path ?? '');
    await close(ana);
    await close(rui);
    await open('Rui');
    const { id } = await eva.client.call('download:start', { id: row.contentId });
    const done = await transfer(eva, id, verified);
    expect(await contentsOf(done.path ?? '')).toEqual(await contentsOf(path ?? ''));
  });

  it('takes its part folder along when it is removed, and nothing else', async () => {
    const [ana, rui] = [await joinNetwork('Ana'), await joinNetwork('Rui')];
    const root = await makeFolder('Fotos', { a: 'one', b: 'two' });
    await share(ana, root);
    const row = await appears(rui, ({ name }) => name === 'Fotos');
    await writeFile(join(root, 'b'), 'changed meanwhile');
    const { id } = await rui.client.call('download:start', { id: row.contentId });
    await transfer(rui, id, ({ folder: counts }) => counts?.filesDone === 1);
    const [part = ''] = await readdir(rui.downloads);
    expect(part).toMatch(/^Fotos\.[0-9a-f]{8}\.part$/);
    expect((await lstat(join(rui.downloads, part, 'a'))).size).toBe(3);
    await writeFile(join(rui.downloads, 'mine'), 'stays');
    await rui.client.call('transfer:remove', { id });
    expect(await readdir(rui.downloads)).toEqual(['mine']);
    expect(
      (await readdir(join(folder, 'Rui', 'data', 'downloads'))).filter((name) => name.includes(row.contentId)),
    ).toEqual([]);
  });
});
