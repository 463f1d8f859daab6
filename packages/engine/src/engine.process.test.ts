import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import type { EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from './engine.js';

const trackerProgram = fileURLToPath(new URL('../../../apps/tracker/dist/main.js', import.meta.url));
const hashWorkerUrl = new URL('../dist/hashing/hash-worker.js', import.meta.url);
const folderWorkerUrl = new URL('../dist/collections/folder-worker.js', import.meta.url);

interface Tracker {
  readonly url: string;
  readonly process: ChildProcess;
}

let folder: string;
let tracker: Tracker;
const engines: Engine[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-engine-'));
  tracker = await startTracker(0);
});
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
  await stopTracker();
  await rm(folder, { recursive: true });
});

async function startTracker(port: number): Promise<Tracker> {
  const args = ['--host', '127.0.0.1', '--port', String(port), '--data', join(folder, 'tracker'), '--json'];
  const started = spawn(process.execPath, [trackerProgram, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(started.stdout), 'line')) as [string];
  const { ready, url } = JSON.parse(line) as { ready?: boolean; url: string };
  if (!ready) throw new Error(line);
  return { url, process: started };
}

async function stopTracker(): Promise<void> {
  if (tracker.process.exitCode !== null || tracker.process.signalCode !== null) return;
  const exited = once(tracker.process, 'exit');
  tracker.process.kill('SIGTERM');
  await exited;
}

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
    logger: pino({ level: 'silent' }),
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

async function shareFile({ client }: Person, name: string, bytes: Buffer): Promise<string> {
  await mkdir(join(folder, 'shared'), { recursive: true });
  const path = join(folder, 'shared', name);
  await writeFile(path, bytes);
  const { shares, refused } = await client.call('share:add', { paths: [path] });
  expect(refused).toEqual([]);
  return shares[0]?.contentId ?? expect.fail('not shared');
}

/** The row of a content, as soon as the tracker knows it. */
async function appears({ client }: Person, name: string): Promise<EngineCatalogueRow> {
  const query = { text: name };
  const window = { offset: 0, limit: 10 };
  return new Promise((resolve, reject) => {
    const look = ({ rows }: { rows: readonly EngineCatalogueRow[] }): void => {
      const row = rows.find((each) => each.name === name && each.sources > 0);
      if (row) resolve(row);
    };
    client.on('catalogue:changed', ({ diff }) => {
      look({ rows: diff.upserted });
    });
    client.call('catalogue:watch', { watchId: 1, query, window }).then(look, reject);
  });
}

function transfer({ client }: Person, id: string, fits: (transfer: Transfer) => boolean): Promise<Transfer> {
  return new Promise((resolve, reject) => {
    const look = (transfers: readonly Transfer[]): void => {
      const found = transfers.find((each) => each.id === id && fits(each));
      if (found) resolve(found);
    };
    client.on('transfers:changed', ({ upserted }) => {
      look(upserted);
    });
    client.call('transfers:list', {}).then(({ transfers }) => {
      look(transfers);
    }, reject);
  });
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('two engines and a tracker', () => {
  it.each([0, 1, 256 * 1024, 256 * 1024 + 1, 30_000_000])('share, list and get a file of %d bytes', async (size) => {
    const [ana, rui] = [await joinNetwork('Ana'), await joinNetwork('Rui')];
    const bytes = randomBytes(size);
    const contentId = await shareFile(ana, 'relação.bin', bytes);
    const row = await appears(rui, 'relação.bin');
    expect(row).toMatchObject({ contentId, size, owner: { name: 'Ana', online: true }, mine: false, here: false });
    const { id } = await rui.client.call('download:start', { id: row.id });
    const done = await transfer(rui, id, (each) => each.sha256 !== null);
    expect(done).toMatchObject({
      state: 'verified',
      sha256: sha256(bytes),
      path: join(rui.downloads, 'relação.bin'),
      personName: 'Ana',
    });
    expect(sha256(await readFile(done.path ?? ''))).toBe(sha256(bytes));
    expect(await readdir(rui.downloads)).toEqual(['relação.bin']);
    if (size === 0) return; // nothing of it was ever sent
    const { transfers } = await ana.client.call('transfers:list', {});
    expect(transfers).toMatchObject([{ direction: 'send', personName: 'Rui' }]);
    const sent = await transfer(ana, transfers[0]?.id ?? '', ({ state }) => state === 'received');
    expect(sent.bytesDone).toBe(size);
  });

  it('P26: what was received is served on, though nobody shared it again: the first source may leave', async () => {
    const [ana, rui, eva] = [await joinNetwork('Ana'), await joinNetwork('Rui'), await joinNetwork('Eva')];
    const bytes = randomBytes(3_000_000);
    await shareFile(ana, 'a.bin', bytes);
    const row = await appears(rui, 'a.bin');
    const first = await rui.client.call('download:start', { id: row.id });
    await transfer(rui, first.id, ({ state }) => state === 'verified');
    await close(ana);
    await appears(eva, 'a.bin'); // as soon as somebody has it
    const { id } = await eva.client.call('download:start', { id: row.contentId });
    const { sha256: sum } = await transfer(eva, id, (each) => each.sha256 !== null);
    expect(sum).toBe(sha256(bytes));
  });

  it('a download waits for its source, and goes on by itself when it is back', async () => {
    const [ana, rui] = [await joinNetwork('Ana'), await joinNetwork('Rui')];
    const bytes = randomBytes(3_000_000);
    await shareFile(ana, 'a.bin', bytes);
    const row = await appears(rui, 'a.bin');
    await close(ana);
    const { id } = await rui.client.call('download:start', { id: row.id });
    await transfer(rui, id, ({ state }) => state === 'waiting');
    await close(rui);
    const ruiAgain = await open('Rui');
    await open('Ana');
    const done = await transfer(ruiAgain, id, ({ state }) => state === 'verified');
    expect(sha256(await readFile(done.path ?? ''))).toBe(sha256(bytes));
  });

  it('the tracker may leave and come back: sharing and fetching go on', async () => {
    const [ana, rui] = [await joinNetwork('Ana'), await joinNetwork('Rui')];
    const bytes = randomBytes(3_000_000);
    await stopTracker();
    await shareFile(ana, 'a.bin', bytes);
    await expect(rui.client.call('download:start', { id: 'a'.repeat(51).concat('a') })).rejects.toMatchObject({
      code: 'tracker-offline',
    });
    tracker = await startTracker(Number(new URL(tracker.url).port));
    const row = await appears(rui, 'a.bin');
    const { id } = await rui.client.call('download:start', { id: row.id });
    const done = await transfer(rui, id, (each) => each.sha256 !== null);
    expect(done.sha256).toBe(sha256(bytes));
  });

  it('a file that changed is not served as what it was, and its receiver is told why it waits', async () => {
    const [ana, rui] = [await joinNetwork('Ana'), await joinNetwork('Rui')];
    await shareFile(ana, 'a.bin', randomBytes(1_000_000));
    const row = await appears(rui, 'a.bin');
    await writeFile(join(folder, 'shared', 'a.bin'), randomBytes(1_000_000));
    const { id } = await rui.client.call('download:start', { id: row.contentId });
    const waiting = await transfer(rui, id, ({ state, error }) => state === 'waiting' && error !== null);
    expect(waiting.error).toEqual({ code: 'source-gone', params: { name: 'Ana' } });
    expect(await readdir(rui.downloads).catch(() => [])).toEqual([]);
  });

  it('a data folder has one engine', async () => {
    await open('Ana');
    await expect(open('Ana')).rejects.toMatchObject({ code: 'data-folder-locked' });
  });
});
