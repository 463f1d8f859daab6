import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '@enxame/engine/engine';
import type { EngineClient } from '@enxame/shared/engine/engine-client';
import { errorCodes } from '@enxame/shared/errors/error-codes';
import type { ContentId } from '@enxame/shared/ids';
import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import type { LinkPage } from '@enxame/shared/tracker/link';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyBecomes, shareAs, startAppPerson, transferEnds, type AppPerson } from '../test-kit/app-person.js';
import { checkHostedFolder } from '../operation/check-folder.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { askHttp, joinWeb, type WebUser } from '../test-kit/web-user.js';

let folder: string;
let net: TestTracker;
let person: AppPerson;
let engine: Engine;
let ana: EngineClient;
let bia: WebUser;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-streaming-'));
  net = await startTestTracker();
  person = await startAppPerson(net.tracker.url, 'Ana', folder);
  ({ engine, client: ana } = person);
  bia = await joinWeb(net, 'Bia');
});
afterEach(async () => {
  await engine.close();
  expect(net.logged).toEqual([]);
  await net.close();
  await rm(folder, { recursive: true });
});

const share = (name: string, files: Readonly<Record<string, Buffer>> | Buffer): Promise<ContentId> =>
  shareAs(person, name, files);

/** Ana registered first. */
const adminToken = async (): Promise<string> =>
  (await ana.call('token:create', { name: 'admin', scopes: ['read', 'admin'] })).secret;

const hostedNow = async (): Promise<{ copies: number }> => {
  const { body } = await askHttp<{ hostedCopies: number }>(net, '/stats', { token: bia.token });
  return { copies: body.hostedCopies };
};

async function fetchBytes(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; bytes: Buffer }> {
  const response = await fetch(`http://127.0.0.1:${String(net.tracker.address.port)}${path}`, {
    headers: { authorization: `Bearer ${bia.token}`, ...headers },
  });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

describe('contents of a device that is online', () => {
  it('H23: are streamed through the tracker, verified, from any byte on', async () => {
    const bytes = randomBytes(5 * 1024 * 1024 + 7);
    const contentId = await share('film.bin', bytes);
    const whole = await fetchBytes(`/download/${contentId}`);
    expect([whole.status, whole.bytes.equals(bytes)]).toEqual([200, true]);
    const part = await fetchBytes(`/download/${contentId}`, { range: 'bytes=1000000-3999999' });
    expect([part.status, part.bytes.equals(bytes.subarray(1_000_000, 4_000_000))]).toEqual([206, true]);
    await engine.close();
    expect((await fetchBytes(`/download/${contentId}`)).status).toBe(503);
  });

  it('H23: a file that is no longer what it was is never sent', async () => {
    const contentId = await share('changed.bin', randomBytes(300_000));
    await writeFile(join(folder, 'shared', 'changed.bin'), randomBytes(300_000));
    const { status, bytes } = await fetchBytes(`/download/${contentId}`);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(errorCodes).toContain((JSON.parse(bytes.toString()) as { error: { code: string } }).error.code);
  });

  it('H36: a folder behind a link is a list, its files, and one zip', async () => {
    const files = {
      'a.txt': Buffer.from('hello'),
      'deep/b.bin': randomBytes(700_000),
      'deep/empty.txt': Buffer.alloc(0),
    };
    const contentId = await share('Fotos', files);
    const link = await ana.call('link:create', { target: contentId });
    expect(link).toMatchObject({ isFolder: true, name: 'Fotos', url: `${net.tracker.url}/f/${link.id}` });
    const page = await askHttp<LinkPage>(net, `/links/${link.id}`);
    expect(page.body.content).toMatchObject({
      type: 'folder',
      files: 3,
      from: 'online',
      owner: { name: 'Ana', online: true },
    });
    const list = await askHttp<{ files: { index: number; path: string; size: number }[] }>(
      net,
      `/links/${link.id}/files`,
    );
    expect(list.body.files.map(({ path, size }) => [path, size])).toEqual([
      ['a.txt', 5],
      ['deep/b.bin', 700_000],
      ['deep/empty.txt', 0],
    ]);
    for (const { index, path } of list.body.files) {
      const { bytes } = await fetchBytes(`/links/${link.id}/files/${String(index)}`);
      expect(bytes.equals(files[path as keyof typeof files])).toBe(true);
    }
    const zip = await fetchBytes(`/links/${link.id}/zip`);
    expect(zip.status).toBe(200);
    expect(zip.bytes.includes(files['deep/b.bin'])).toBe(true);
    const takes = await ana.call('link:takes', { id: link.id });
    expect(takes.takes[0]).toMatchObject({ who: 'Bia', isComplete: true });
  });

  it('H40: "keep a copy" fetches it in verified pieces, and serves it when its owner is gone', async () => {
    const bytes = randomBytes(6 * 1024 * 1024);
    const contentId = await share('kept.bin', bytes);
    expect(await ana.call('hosted:keep', { contentId, name: 'kept.bin' })).toMatchObject({
      contentId,
      size: bytes.length,
    });
    const kept = await copyBecomes(ana, (copy) => copy.contentId === contentId && copy.state === 'here');
    expect(kept).toMatchObject({ bytesHere: bytes.length, holders: [{ name: 'Ana' }] });
    await engine.close();
    await net.restart();
    bia = await joinWeb(net, 'Bia', bia.user);
    const reply = await fetchBytes(`/download/${contentId}`, { range: 'bytes=10-' });
    expect([reply.status, reply.bytes.equals(bytes.subarray(10))]).toEqual([206, true]);
  });

  it('H40, H36: a folder is kept, served as one zip that resumes, and by its files, when its owner is gone', async () => {
    const files = {
      'a.txt': Buffer.from('hello'),
      'deep/b.bin': randomBytes(1_300_000),
      'deep/c.bin': randomBytes(200_000),
      'deep/empty.txt': Buffer.alloc(0),
    };
    const contentId = await share('Fotos', files);
    const online = await fetchBytes(`/download/${contentId}`);
    expect(online.status).toBe(200);
    // Its checksums are not known yet: a part of it cannot be had, and the whole is sent.
    const refused = await fetchBytes(`/download/${contentId}`, { range: 'bytes=100-' });
    expect([refused.status, refused.bytes.equals(online.bytes)]).toEqual([200, true]);

    await ana.call('hosted:keep', { contentId, name: 'Fotos' });
    const kept = await copyBecomes(ana, (copy) => copy.contentId === contentId && copy.state === 'here');
    expect(kept).toMatchObject({ bytesHere: 1_500_005, size: 1_500_005, collection: { files: 4 } });
    const link = await ana.call('link:create', { target: contentId });
    await engine.close();
    await net.restart();
    bia = await joinWeb(net, 'Bia', bia.user);

    const hosted = await fetchBytes(`/download/${contentId}`);
    expect(hosted.bytes.equals(online.bytes)).toBe(true);
    for (const start of [1, 1000, 700_000, hosted.bytes.length - 30]) {
      const rest = await fetchBytes(`/download/${contentId}`, { range: `bytes=${String(start)}-` });
      expect([rest.status, rest.bytes.equals(hosted.bytes.subarray(start))]).toEqual([206, true]);
    }
    const list = await askHttp<{ files: { index: number; path: string }[] }>(net, `/links/${link.id}/files`);
    for (const file of list.body.files) {
      const { bytes } = await fetchBytes(`/links/${link.id}/files/${String(file.index)}`);
      expect(bytes.equals(files[file.path as keyof typeof files]), file.path).toBe(true);
    }
    // T92: what is kept of a folder is looked at file by file.
    const path = join(net.dataFolder, 'hosted', `${contentId}.files`);
    expect(await checkHostedFolder(path)).toBeUndefined();
    const onDisk = await readFile(path);
    onDisk[700_000] = (onDisk[700_000] ?? 0) ^ 1;
    await writeFile(path, onDisk);
    expect(await checkHostedFolder(path)).toContain('deep/b.bin');
  });

  it('H40: a folder that is being kept goes on where it was when the tracker stopped in the middle', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [`${String(index)}.bin`, randomBytes(index % 4 === 0 ? 900_000 : 9000)]),
    );
    const contentId = await share('Muitos', files);
    const size = Object.values(files).reduce((sum, { length }) => sum + length, 0);
    await ana.call('limits:set', { always: { receive: null, send: 2_000_000 } });
    await ana.call('hosted:keep', { contentId, name: 'Muitos' });
    await copyBecomes(
      ana,
      (copy) => copy.contentId === contentId && copy.bytesHere > size / 8 && copy.bytesHere < size,
    );
    await ana.call('limits:set', { always: { receive: null, send: null } });
    const kept = copyBecomes(ana, (copy) => copy.contentId === contentId && copy.state === 'here');
    await net.restart(net.tracker.address.port);
    expect((await kept).bytesHere).toBe(size);
  });

  it('H41: a hosted folder is a source for its files, large and small', async () => {
    const files = {
      'a.txt': Buffer.from('hello'),
      'b/large.bin': randomBytes(3_000_000),
      'b/small.bin': randomBytes(100),
      'b/none': Buffer.alloc(0),
    };
    const contentId = await share('Casa', files);
    await ana.call('hosted:keep', { contentId, name: 'Casa' });
    await copyBecomes(ana, (copy) => copy.contentId === contentId && copy.state === 'here');
    await engine.close();

    const zeca = await startAppPerson(net.tracker.url, 'Zeca', join(folder, 'zeca'));
    try {
      const done = transferEnds(zeca.client);
      await zeca.client.call('download:start', { id: contentId });
      expect(await done).toMatchObject({ size: 3_000_105 });
      for (const [path, bytes] of Object.entries(files)) {
        const got = await readFile(join(folder, 'zeca', 'downloads', 'Casa', path));
        expect(got.equals(bytes), path).toBe(true);
      }
    } finally {
      await zeca.engine.close();
    }
  });

  it('H21: what is streamed is kept where it was set so, and served from there when its owner is gone', async () => {
    await askHttp(net, '/admin/configure', { token: await adminToken(), json: { hostedBytesForCache: 20_000_000 } });
    const bytes = randomBytes(6 * 1024 * 1024 + 11);
    const contentId = await share('often.bin', bytes);
    // A part keeps nothing, nor does one that breaks off.
    await fetchBytes(`/download/${contentId}`, { range: 'bytes=0-99' });
    expect((await hostedNow()).copies).toBe(0);
    expect((await fetchBytes(`/download/${contentId}`)).bytes.equals(bytes)).toBe(true);
    await expect.poll(async () => (await hostedNow()).copies, { timeout: 30_000 }).toBe(1);
    const mine = await askHttp<{ copies: HostedCopy[]; room: unknown }>(net, '/hosted', { token: bia.token });
    expect(mine.body).toMatchObject({ copies: [], room: { usedBytes: 0 } });
    await engine.close();
    expect((await fetchBytes(`/download/${contentId}`)).bytes.equals(bytes)).toBe(true);
    await net.restart();
    bia = await joinWeb(net, 'Bia', bia.user);
    expect((await fetchBytes(`/download/${contentId}`)).bytes.equals(bytes)).toBe(true);
  });

  it('H41: a hosted copy is a source in the swarm, at the address of the tracker', async () => {
    const bytes = randomBytes(9 * 1024 * 1024 + 1);
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), 'hosted.bin');
    const { body } = await askHttp<{ copies: [HostedCopy] }>(net, '/upload', {
      token: bia.token,
      method: 'POST',
      init: { body: form },
    });
    const [{ contentId }] = body.copies;
    const paths = new Set<string | null>();
    const done = transferEnds(ana, ({ sources }) => {
      for (const { path } of sources) if (path !== null) paths.add(path);
    });
    // Changes are told four times a second: as slow as this, its sources are told before it is done.
    await ana.call('limits:set', { always: { receive: bytes.length, send: null } });
    await ana.call('download:start', { id: contentId });
    expect((await done).size).toBe(bytes.length);
    expect((await readFile(join(folder, 'downloads', 'hosted.bin'))).equals(bytes)).toBe(true);
    expect([...paths]).toEqual(['hosted']);
  });
});
