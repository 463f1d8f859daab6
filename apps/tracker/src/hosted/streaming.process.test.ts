import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '@enxame/engine/engine';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { errorCodes } from '@enxame/shared/errors/error-codes';
import type { ContentId } from '@enxame/shared/ids';
import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import type { LinkPage } from '@enxame/shared/tracker/link';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { askHttp, joinWeb, type WebUser } from '../test-kit/web-user.js';

const hashWorkerUrl = new URL('../../../../packages/engine/dist/hashing/hash-worker.js', import.meta.url);
const folderWorkerUrl = new URL('../../../../packages/engine/dist/collections/folder-worker.js', import.meta.url);

let folder: string;
let net: TestTracker;
let engine: Engine;
let ana: EngineClient;
let bia: WebUser;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-streaming-'));
  net = await startTestTracker();
  engine = await createEngine({
    dataFolder: join(folder, 'data'),
    downloadsFolder: join(folder, 'downloads'),
    version: '0',
    logger: pino({ level: 'silent' }),
    hashWorkerUrl,
    folderWorkerUrl,
  });
  const [near, far] = createMemoryCarrierPair();
  engine.accept(far);
  ana = createEngineClient(near);
  await ana.call('tracker:use', { url: net.tracker.url });
  await ana.call('user:register', { name: 'Ana' });
  bia = await joinWeb(net, 'Bia');
});
afterEach(async () => {
  await engine.close();
  expect(net.logged).toEqual([]);
  await net.close();
  await rm(folder, { recursive: true });
});

async function share(name: string, files: Readonly<Record<string, Buffer>> | Buffer): Promise<ContentId> {
  const path = join(folder, 'shared', name);
  await mkdir(join(path, '..'), { recursive: true });
  if (Buffer.isBuffer(files)) await writeFile(path, files);
  else {
    for (const [file, bytes] of Object.entries(files)) {
      await mkdir(join(path, file, '..'), { recursive: true });
      await writeFile(join(path, file), bytes);
    }
  }
  const { shares } = await ana.call('share:add', { paths: [path] });
  const contentId = shares[0]?.contentId;
  if (!contentId) expect.fail('not shared');
  await appears(contentId);
  return contentId;
}

/** Once the tracker knows it. */
function appears(contentId: ContentId): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (rows: readonly { contentId: ContentId; sources: number }[]): void => {
      if (rows.some((row) => row.contentId === contentId && row.sources > 0)) resolve();
    };
    ana.on('catalogue:changed', ({ diff }) => {
      look(diff.upserted);
    });
    const window = { offset: 0, limit: 50 };
    ana.call('catalogue:watch', { watchId: 1, query: {}, window }).then(({ rows }) => {
      look(rows);
    }, reject);
  });
}

async function fetchBytes(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; bytes: Buffer }> {
  const response = await fetch(`http://127.0.0.1:${String(net.tracker.address.port)}${path}`, {
    headers: { authorization: `Bearer ${bia.token}`, ...headers },
  });
  return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
}

/** Once the copy is as wanted. */
function copyBecomes(fits: (copy: HostedCopy) => boolean): Promise<HostedCopy> {
  return new Promise((resolve, reject) => {
    const look = (copies: readonly HostedCopy[]): void => {
      const copy = copies.find(fits);
      if (copy) resolve(copy);
    };
    ana.on('hosted:changed', ({ upserted }) => {
      look(upserted);
    });
    ana.call('hosted:watch', {}).then(({ copies }) => {
      look(copies);
    }, reject);
  });
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
    const kept = await copyBecomes((copy) => copy.contentId === contentId && copy.state === 'here');
    expect(kept).toMatchObject({ bytesHere: bytes.length, holders: [{ name: 'Ana' }] });
    await engine.close();
    await net.restart();
    bia = await joinWeb(net, 'Bia', bia.user);
    const reply = await fetchBytes(`/download/${contentId}`, { range: 'bytes=10-' });
    expect([reply.status, reply.bytes.equals(bytes.subarray(10))]).toEqual([206, true]);
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
    const done = new Promise<Transfer>((resolve, reject) => {
      ana.on('transfers:changed', ({ upserted }) => {
        for (const transfer of upserted) {
          for (const { path } of transfer.sources) if (path !== null) paths.add(path);
          if (transfer.state === 'verified') resolve(transfer);
          if (transfer.state === 'failed') reject(new Error(JSON.stringify(transfer.error)));
        }
      });
    });
    // Changes are told four times a second: as slow as this, its sources are told before it is done.
    await ana.call('limits:set', { always: { receive: bytes.length, send: null } });
    await ana.call('download:start', { id: contentId });
    expect((await done).size).toBe(bytes.length);
    expect((await readFile(join(folder, 'downloads', 'hosted.bin'))).equals(bytes)).toBe(true);
    expect([...paths]).toEqual(['hosted']);
  });
});
