import { cp, mkdtemp, readFile, readdir, rm, writeFile, appendFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentIdOf } from '@enxame/engine/content/content-id';
import { encodeManifest } from '@enxame/shared/content/manifest';
import { blake3 } from '@napi-rs/blake-hash';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEntry } from '../test-kit/entries.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { backUp } from './backup.js';
import { checkData } from './check-data.js';
import { restore } from './restore.js';

let folder: string;
let net: TestTracker;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-backup-'));
  net = await startTestTracker();
});
afterEach(async () => {
  await net.close();
  await rm(folder, { recursive: true, force: true });
});
const inFolder = (name: string): string => join(folder, name);
const check = (dataFolder: string) => checkData(dataFolder, { journals: {}, stop: new AbortController().signal });

/** A hosted copy of one piece, as it rests. */
async function putHosted(bytes: Buffer): Promise<string> {
  const manifest = { size: bytes.length, pieceHashes: blake3(bytes) };
  const path = join(net.dataFolder, 'hosted', contentIdOf(manifest));
  await mkdir(join(net.dataFolder, 'hosted'), { recursive: true });
  await writeFile(`${path}.manifest`, encodeManifest(manifest));
  await writeFile(`${path}.blob`, bytes);
  return path;
}

describe('backup and restore', () => {
  it('T90: what was acknowledged before a backup is in it, while people go on', async () => {
    const ana = await net.join('Ana');
    const entries = Array.from({ length: 300 }, () => createEntry());
    await ana.request('entries:announce', { entries });
    await putHosted(Buffer.from('some bytes'));
    const over = new AbortController();
    let later = 0;
    const goOn = (async () => {
      for (; !over.signal.aborted; later++) await ana.request('entries:announce', { entries: [createEntry()] });
    })();
    const backup = await backUp(net.dataFolder, inFolder('b'), 5);
    over.abort();
    await goOn;
    expect(backup.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['identity.json', 'users.json', `catalogues/${ana.user.userId}.jsonl`]),
    );
    expect(backup.files.some(({ path }) => path === 'lock')).toBe(false);
    expect(backup.files.at(-1)?.path).toBe('users.json');

    const { trackerId } = net.tracker;
    await restore(inFolder('b'), inFolder('data'));
    expect((await check(inFolder('data'))).broken).toEqual([]);
    const before = net;
    net = await startTestTracker({ dataFolder: inFolder('data') });
    await before.close();
    expect(net.tracker.trackerId).toBe(trackerId);
    const again = await net.connect(ana.user);
    await again.open();
    const { total } = await again.request('catalogue:list', { query: {}, window: { offset: 0, limit: 1 } });
    expect(total).toBeGreaterThanOrEqual(300);
    expect(total).toBeLessThanOrEqual(300 + later);
    expect(net.logged).toEqual([]);
  });

  it('T90: overwrites nothing, in neither direction', async () => {
    await writeFile(inFolder('file'), 'x');
    await mkdir(inFolder('full'));
    await writeFile(join(inFolder('full'), 'x'), 'x');
    for (const taken of ['file', 'full']) {
      await expect(backUp(net.dataFolder, inFolder(taken), 5)).rejects.toMatchObject({ code: 'path-exists' });
    }
    await backUp(net.dataFolder, inFolder('b'), 5);
    await expect(backUp(net.dataFolder, inFolder('b'), 5)).rejects.toMatchObject({ code: 'path-exists' });
    await expect(restore(inFolder('b'), inFolder('full'))).rejects.toMatchObject({ code: 'path-exists' });
    expect(await readdir(inFolder('full'))).toEqual(['x']);
    await expect(backUp(inFolder('nowhere'), inFolder('c'), 5)).rejects.toMatchObject({ code: 'path-not-found' });
  });

  it.each([
    ['without its list', (b: string) => rm(join(b, 'backup.json'))],
    ['with a list that is none', (b: string) => writeFile(join(b, 'backup.json'), '{}')],
    ['with a way out', (b: string) => change(join(b, 'backup.json'), /users\.json/, '../users.json')],
    ['with a changed file', (b: string) => appendFile(join(b, 'users.json'), ' ')],
    ['with a file too few', (b: string) => rm(join(b, 'users.json'))],
  ])('T91: a backup %s makes no data folder', async (_, damage) => {
    await net.join('Ana');
    await backUp(net.dataFolder, inFolder('b'), 5);
    await damage(inFolder('b'));
    await expect(restore(inFolder('b'), inFolder('data'))).rejects.toMatchObject({ code: 'backup-invalid' });
    expect((await readdir(folder)).filter((name) => name !== 'b' && name !== 'data')).toEqual([]);
  });
});

describe('check', () => {
  it('T92: finds nothing where nothing is wrong, and changes nothing', async () => {
    const ana = await net.join('Ana');
    await ana.request('entries:announce', { entries: [createEntry()] });
    await putHosted(Buffer.from('bytes'));
    const report = await check(net.dataFolder);
    expect(report).toMatchObject({ broken: [], setAside: [] });
    expect(report.checked).toBeGreaterThanOrEqual(5);
  });

  it.each([
    ['users.json', (path: string) => writeFile(path, '{"version":1,"users":[{}]}'), 'is damaged'],
    ['identity.json', (path: string) => change(path, /BEGIN/, 'BEGUN'), 'is damaged'],
    ['tls.json', (path: string) => writeFile(path, '{'), 'is damaged'],
    ['identity.json', (path: string) => rm(path), 'is missing'],
    ['tokens.jsonl', (path: string) => writeFile(path, '{"k":"a","v":{}}\nnothing\n'), '1 damaged lines'],
  ])('T92: names %s when it is broken', async (file, damage, what) => {
    await net.join('Ana');
    await cp(net.dataFolder, inFolder('data'), { recursive: true });
    await damage(join(inFolder('data'), file));
    expect((await check(inFolder('data'))).broken).toContainEqual({ file, what });
  });

  it('T92: names a damaged line of a catalogue, and one of somebody else', async () => {
    const ana = await net.join('Ana');
    await ana.request('entries:announce', { entries: [createEntry()] });
    const path = join(net.dataFolder, 'catalogues', `${ana.user.userId}.jsonl`);
    const other = ana.user.userId.replace(/^./, (letter) => (letter === 'a' ? 'b' : 'a'));
    await cp(path, join(net.dataFolder, 'catalogues', `${other}.jsonl`));
    await change(path, /"size":/, '"sise":');
    await writeFile(`${path}.broken-1`, 'x');
    expect(await check(net.dataFolder)).toMatchObject({
      broken: expect.arrayContaining([
        { file: `catalogues/${ana.user.userId}.jsonl`, what: '1 damaged lines' },
        { file: `catalogues/${other}.jsonl`, what: 'is not of the person whose name it has' },
      ]) as unknown,
      setAside: [`catalogues/${ana.user.userId}.jsonl.broken-1`],
    });
  });

  it('T92: hashes hosted copies', async () => {
    const bytes = Buffer.alloc(100_000, 'x');
    const [whole, flipped, short, other] = await Promise.all(
      ['a', 'b', 'c', 'd'].map((letter) => putHosted(Buffer.concat([bytes, Buffer.from(letter)]))),
    );
    await change(`${flipped ?? ''}.blob`, /x/, 'y');
    await writeFile(`${short ?? ''}.blob`, 'x');
    await rm(`${other ?? ''}.manifest`);
    const { broken } = await check(net.dataFolder);
    expect(broken.map(({ what }) => what).sort()).toEqual([
      'has another size than its content',
      'has no manifest',
      'piece 0 is not what it was',
    ]);
    expect(broken.some(({ file }) => file.includes((whole ?? '').slice(-20)))).toBe(false);
  });
});

async function change(path: string, what: RegExp, by: string): Promise<void> {
  await writeFile(path, (await readFile(path, 'latin1')).replace(what, by), 'latin1');
}
