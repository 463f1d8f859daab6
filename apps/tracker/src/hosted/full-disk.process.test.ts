import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import { afterEach, expect, it, type TestContext } from 'vitest';
import { copyBecomes, shareAs, startAppPerson } from '../test-kit/app-person.js';
import { createRandom } from '../test-kit/seeded-random.js';
import { mountSmallDisk, type SmallDisk } from '../test-kit/small-disk.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { askHttp, joinWeb, type HttpReply, type WebUser } from '../test-kit/web-user.js';

const mebibyte = 1024 * 1024;
const diskBytes = 12 * mebibyte;
let closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.reverse()) await close();
  closing = [];
});

interface FullDisk {
  readonly disk: SmallDisk;
  readonly net: TestTracker;
  readonly bia: WebUser;
}

async function startOnSmallDisk(test: TestContext): Promise<FullDisk> {
  const disk = await mountSmallDisk(diskBytes);
  if (!disk) return test.skip('a small file system cannot be mounted here');
  closing.push(() => disk.close());
  const net = await startTestTracker({ dataFolder: disk.folder });
  // The disk goes with its mount: here only what is open is closed.
  closing.push(() => net.tracker.close());
  return { disk, net, bia: await joinWeb(net, 'Bia') };
}

interface Uploaded {
  readonly copies: HostedCopy[];
  readonly error?: { readonly code: string };
}

function upload({ net, bia }: FullDisk, files: Readonly<Record<string, Buffer>>): Promise<HttpReply<Uploaded>> {
  const form = new FormData();
  for (const [name, bytes] of Object.entries(files)) form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return askHttp(net, '/upload', { token: bia.token, method: 'POST', init: { body: form } });
}

async function download({ net, bia }: FullDisk, contentId: string): Promise<Buffer> {
  const response = await fetch(`http://127.0.0.1:${String(net.tracker.address.port)}/download/${contentId}`, {
    headers: { authorization: `Bearer ${bia.token}` },
  });
  expect(response.status).toBe(200);
  return Buffer.from(await response.arrayBuffer());
}

/** Contents of which there are bytes, of any kind. */
async function contentsOnDisk({ disk }: FullDisk): Promise<string[]> {
  const hosted = join(disk.folder, 'hosted');
  expect(await readdir(join(hosted, 'incoming'))).toEqual([]);
  const names = (await readdir(hosted)).filter((name) => name !== 'incoming' && name !== 'copies.jsonl');
  return [...new Set(names.map((name) => name.split('.')[0] ?? ''))];
}

async function listed({ net, bia }: FullDisk): Promise<{ copies: string[]; files: string[] }> {
  const copies = await askHttp<{ copies: HostedCopy[] }>(net, '/hosted', { token: bia.token });
  const files = await askHttp<{ files: { name: string }[] }>(net, '/files?limit=200', { token: bia.token });
  return {
    copies: copies.body.copies.map(({ name }) => name).sort(),
    files: files.body.files.map(({ name }) => name).sort(),
  };
}

it('H20: an upload for which the disk has no room is refused, leaves nothing, and reading goes on; with room it is taken', async (test) => {
  const on = await startOnSmallDisk(test);
  const { disk, net } = on;
  const seed = Number(process.env['ENXAME_SEED'] ?? 11);
  const random = createRandom(seed);
  const first = randomBytes(300_000);
  const [kept] = (await upload(on, { 'first.bin': first })).body.copies;
  const contentId = String(kept?.contentId);
  const names = ['first.bin'];
  const bytes = randomBytes(2 * mebibyte);
  // The disk is full in the middle of the bytes, at their end, or at one of the documents behind them.
  const rooms = [0, 64 * 1024, mebibyte, bytes.length - 4096, bytes.length, bytes.length + 4096, bytes.length + 8192];
  let refused = 0;
  for (const room of [...rooms, ...Array.from({ length: 10 }, () => random(bytes.length + 3 * 4096))]) {
    await disk.fill(room);
    const where = `seed ${String(seed)}, room for ${String(room)} bytes`;
    const reply = await upload(on, { 'late.bin': bytes });
    const wasTaken = reply.status === 200;
    if (!wasTaken) {
      refused++;
      expect([reply.status, reply.body.error?.code], where).toEqual([507, 'tracker-storage-full']);
      expect(JSON.stringify(reply.body), where).not.toContain(disk.folder);
    }
    const shown = wasTaken ? [...names, 'late.bin'] : names;
    expect(await listed(on), where).toEqual({ copies: shown, files: shown });
    expect((await contentsOnDisk(on)).length, where).toBe(shown.length);
    expect((await download(on, contentId)).equals(first), where).toBe(true);
    await disk.free();
    const taken = await upload(on, { 'late.bin': bytes });
    expect(taken.status, where).toBe(200);
    const [copy] = taken.body.copies;
    expect((await download(on, String(copy?.contentId))).equals(bytes), where).toBe(true);
    await askHttp(net, `/hosted/${String(copy?.contentId)}`, { token: on.bia.token, method: 'DELETE' });
    expect(await listed(on), where).toEqual({ copies: names, files: names });
  }
  expect(refused).toBeGreaterThan(10);
  expect(net.logged).toEqual([]);
});

it('H40: a file and a folder for which the disk has no room are told as such, leave nothing, and are kept when asked again', async (test) => {
  const on = await startOnSmallDisk(test);
  const { disk, net } = on;
  const home = await mkdtemp(join(tmpdir(), 'enxame-full-'));
  closing.push(() => rm(home, { recursive: true }));
  const person = await startAppPerson(net.tracker.url, 'Ana', home);
  closing.push(() => person.engine.close());
  const { client } = person;
  const first = randomBytes(200_000);
  const [kept] = (await upload(on, { 'first.bin': first })).body.copies;
  const shared = {
    'film.bin': await shareAs(person, 'film.bin', randomBytes(3 * mebibyte + 5)),
    Fotos: await shareAs(person, 'Fotos', {
      'large.bin': randomBytes(2 * mebibyte),
      ...Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`small/${String(index)}`, randomBytes(9000)])),
    }),
  };
  for (const [name, contentId] of Object.entries(shared)) {
    await disk.fill(mebibyte);
    await client.call('hosted:keep', { contentId, name });
    const failed = await copyBecomes(client, (copy) => copy.contentId === contentId && copy.state === 'failed');
    expect(failed.error).toEqual({ code: 'tracker-storage-full' });
    expect(await contentsOnDisk(on)).not.toContain(contentId);
    expect((await download(on, String(kept?.contentId))).equals(first)).toBe(true);
    await disk.free();
    const isHere = copyBecomes(client, (copy) => copy.contentId === contentId && copy.state === 'here');
    await client.call('hosted:keep', { contentId, name });
    expect(await isHere).toMatchObject({ contentId, error: null });
  }
  expect(net.logged).toEqual([]);
});
