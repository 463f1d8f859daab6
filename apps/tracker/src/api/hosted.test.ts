import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { askHttp, joinWeb, type HttpReply, type WebUser } from '../test-kit/web-user.js';

const mebibyte = 1024 * 1024;
let net: TestTracker;
let ana: WebUser;
let bia: WebUser;
beforeAll(async () => {
  net = await startTestTracker({ limits: { hostedBytesPerUser: 4 * mebibyte, hostedBytes: 6 * mebibyte } });
  ana = await joinWeb(net, 'Ana');
  bia = await joinWeb(net, 'Bia');
});
afterAll(async () => {
  expect(net.logged).toEqual([]);
  await net.close();
});

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function upload(
  who: WebUser,
  files: Readonly<Record<string, Buffer>>,
  query = '',
): Promise<HttpReply<{ copies: HostedCopy[]; error?: unknown }>> {
  const form = new FormData();
  for (const [name, bytes] of Object.entries(files)) form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return askHttp(net, `/upload${query}`, { token: who.token, method: 'POST', init: { body: form } });
}

async function download(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
  const response = await fetch(`http://127.0.0.1:${String(net.tracker.address.port)}${path}`, {
    method,
    headers: { authorization: `Bearer ${ana.token}`, ...headers },
  });
  return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

async function drop(who: WebUser, ...contentIds: readonly string[]): Promise<void> {
  for (const id of contentIds) await askHttp(net, `/hosted/${id}`, { token: who.token, method: 'DELETE' });
}

const filesOnDisk = async (): Promise<string[]> => [
  ...(await readdir(join(net.dataFolder, 'hosted'))).filter((name) => /\.(blob|manifest|part)$/.test(name)),
  ...(await readdir(join(net.dataFolder, 'hosted', 'incoming'))),
];

describe('hosted copies over HTTP', () => {
  it('H20: an upload is a hosted copy and an entry, durable, and comes back by both hashes', async () => {
    const bytes = randomBytes(mebibyte + 5);
    const { status, body } = await upload(ana, { 'Relação.txt': bytes });
    expect(status).toBe(200);
    const [copy] = body.copies;
    expect(copy).toMatchObject({
      name: 'Relação.txt',
      size: bytes.length,
      sha256: sha256Of(bytes),
      state: 'here',
      holders: [{ id: ana.user.userId, name: 'Ana' }],
      expiresAt: null,
    });
    const files = await askHttp<{ files: unknown[] }>(net, '/files?q=relacao', { token: bia.token });
    expect(files.body.files).toMatchObject([{ name: 'Relação.txt', sources: 1, sha256: copy?.sha256 }]);
    await net.restart();
    ana = await joinWeb(net, 'Ana', ana.user);
    bia = await joinWeb(net, 'Bia', bia.user);
    for (const hash of [copy?.contentId, copy?.sha256]) {
      const reply = await download(`/download/${String(hash)}`);
      expect([reply.status, reply.bytes.equals(bytes)]).toEqual([200, true]);
      expect(reply.headers.get('etag')).toBe(`"${String(copy?.contentId)}"`);
      expect(reply.headers.get('content-disposition')).toContain("filename*=UTF-8''Rela%C3%A7%C3%A3o.txt");
      expect(reply.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    }
    const after = await askHttp<{ files: unknown[] }>(net, '/files?q=relacao', { token: bia.token });
    expect(after.body.files).toMatchObject([{ sources: 1 }]);
    await drop(ana, String(copy?.contentId));
    const gone = await askHttp<{ total: number }>(net, '/files?q=relacao', { token: bia.token });
    expect([gone.body.total, await filesOnDisk()]).toEqual([0, []]);
    expect((await download(`/download/${String(copy?.sha256)}`)).status).toBe(404);
  });

  it('H21: the same bytes are kept once, for as long as anybody holds them', async () => {
    const bytes = randomBytes(1000);
    const [first] = (await upload(ana, { 'one.bin': bytes })).body.copies;
    const [again] = (await upload(bia, { 'other.bin': bytes })).body.copies;
    const id = String(first?.contentId);
    expect(again).toMatchObject({ contentId: id, holders: [{ name: 'Ana' }, { name: 'Bia' }] });
    expect(await filesOnDisk()).toEqual([`${id}.blob`, `${id}.manifest`]);
    await drop(ana, id);
    expect((await download(`/download/${id}`)).bytes.equals(bytes)).toBe(true);
    await drop(bia, id);
    expect(await filesOnDisk()).toEqual([]);
  });

  it('H22: parts, conditions and HEAD are as RFC 9110 says', async () => {
    const bytes = randomBytes(300_000);
    const [copy] = (await upload(ana, { 'a.bin': bytes })).body.copies;
    const path = `/download/${String(copy?.contentId)}`;
    const etag = `"${String(copy?.contentId)}"`;
    const part = await download(path, { range: 'bytes=1000-1999' });
    expect([part.status, part.headers.get('content-range'), part.bytes.equals(bytes.subarray(1000, 2000))]).toEqual([
      206,
      'bytes 1000-1999/300000',
      true,
    ]);
    const rest = await download(path, { range: 'bytes=299990-', 'if-range': etag });
    expect([rest.status, rest.bytes.equals(bytes.subarray(299_990))]).toEqual([206, true]);
    expect((await download(path, { range: 'bytes=0-9', 'if-range': '"another"' })).bytes).toHaveLength(300_000);
    expect(await download(path, { range: 'bytes=300000-' })).toMatchObject({ status: 416 });
    expect((await download(path, { 'if-none-match': etag })).status).toBe(304);
    const head = await download(path, {}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), head.bytes.length]).toEqual([200, '300000', 0]);
    await drop(ana, String(copy?.contentId));
  });

  it.each([
    ['page.html', 'true', 'attachment', 'application/octet-stream'],
    ['picture.svg', 'true', 'attachment', 'application/octet-stream'],
    ['paper.pdf', 'true', 'attachment', 'application/pdf'],
    ['photo.png', 'true', 'inline', 'image/png'],
    ['photo.png', undefined, 'attachment', 'image/png'],
    ['notes.md', 'true', 'inline', 'text/plain; charset=utf-8'],
  ])('H24: %s asked for with inline %s is %s %s', async (name, inline, disposition, type) => {
    const [copy] = (await upload(ana, { [name]: Buffer.from(`<script>alert("${name}")</script>`) })).body.copies;
    const reply = await download(`/download/${String(copy?.contentId)}${inline ? '?inline=true' : ''}`);
    expect(reply.headers.get('content-disposition')?.split(';')[0]).toBe(disposition);
    expect(reply.headers.get('content-type')).toBe(type);
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    await drop(ana, String(copy?.contentId));
  });

  it('H25: names of every kind are safe names, in headers too', async () => {
    const { body } = await upload(ana, {
      '..%2f..\\evil\u202e".txt': Buffer.from('1'),
      'ação 雪 😀.bin': Buffer.from('2'),
    });
    expect(body.copies).toHaveLength(2);
    for (const { name, contentId } of body.copies) {
      expect(name).not.toMatch(/[\\/\u202e\r\n]/);
      const reply = await download(`/download/${contentId}`);
      expect(reply.headers.get('content-disposition')).toMatch(/^attachment; filename=/);
      await drop(ana, contentId);
    }
  });

  it('H26: who brings more than the quota is told before the first byte, and nothing stays', async () => {
    const { status, body } = await upload(ana, { 'big.bin': Buffer.alloc(5 * mebibyte) });
    expect([status, body.error]).toMatchObject([413, { code: 'quota-exceeded' }]);
    const [kept] = (await upload(ana, { 'a.bin': Buffer.alloc(3 * mebibyte, 1) })).body.copies;
    expect((await upload(ana, { 'b.bin': Buffer.alloc(2 * mebibyte, 2) })).status).toBe(413);
    const [other] = (await upload(bia, { 'c.bin': Buffer.alloc(2 * mebibyte, 3) })).body.copies;
    expect((await upload(bia, { 'd.bin': Buffer.alloc(mebibyte + 1, 4) })).status).toBe(413);
    const room = (await askHttp<{ room: unknown }>(net, '/hosted', { token: ana.token })).body.room;
    expect(room).toEqual({ usedBytes: 3 * mebibyte, quotaBytes: 4 * mebibyte });
    await drop(ana, String(kept?.contentId));
    await drop(bia, String(other?.contentId));
    expect(await filesOnDisk()).toEqual([]);
  });

  it('H27: an upload that breaks off leaves nothing, and takes no room', async () => {
    const head = '--x\r\ncontent-disposition: form-data; name="file"; filename="half.bin"\r\n\r\n';
    const options = {
      host: '127.0.0.1',
      port: net.tracker.address.port,
      path: '/upload',
      method: 'POST',
      headers: {
        authorization: `Bearer ${ana.token}`,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': 3 * mebibyte,
      },
    };
    const call = request(options);
    const ended = new Promise((resolve) => call.once('close', resolve));
    call.on('error', () => undefined);
    call.write(head);
    await new Promise((resolve) => call.write(Buffer.alloc(mebibyte), resolve));
    while ((await filesOnDisk()).length === 0) await new Promise(setImmediate);
    call.destroy();
    await ended;
    while ((await filesOnDisk()).length > 0) await new Promise(setImmediate);
    // The room is free a moment after the file is gone.
    let whole = await upload(ana, { 'whole.bin': Buffer.alloc(3 * mebibyte) });
    while (whole.status === 413) whole = await upload(ana, { 'whole.bin': Buffer.alloc(3 * mebibyte) });
    const [kept] = whole.body.copies;
    expect(kept).toMatchObject({ state: 'here' });
    await drop(ana, String(kept?.contentId));
  });

  it('H20: what a crash left of an upload is mended at the start: no copy without its entry, no record without bytes', async () => {
    const [whole, lost] = [randomBytes(1000), randomBytes(2000)];
    const [copy] = (await upload(ana, { 'whole.bin': whole })).body.copies;
    const [gone] = (await upload(ana, { 'lost.bin': lost })).body.copies;
    const hosted = join(net.dataFolder, 'hosted');
    await net.restart(0, async () => {
      // As when it was killed before the entry was written, and before a name of the last upload was.
      await rm(join(net.dataFolder, 'catalogues'), { recursive: true });
      await rm(join(hosted, `${String(gone?.contentId)}.blob`));
      await writeFile(join(hosted, `${String(copy?.contentId)}.manifest.123`), 'half');
      await writeFile(join(hosted, 'incoming', '77'), 'half');
      await writeFile(join(hosted, `${'a'.repeat(52)}.blob`), 'of nobody');
    });
    expect(net.logged.splice(0)).toMatchObject([{ code: 'file-vanished', name: 'lost.bin' }]);
    ana = await joinWeb(net, 'Ana', ana.user);
    bia = await joinWeb(net, 'Bia', bia.user);
    const { body } = await askHttp<{ files: unknown[] }>(net, '/files?q=bin', { token: ana.token });
    expect(body.files).toMatchObject([{ name: 'whole.bin', sources: 1 }]);
    const mine = await askHttp<{ copies: HostedCopy[] }>(net, '/hosted', { token: ana.token });
    expect(mine.body.copies.map(({ name, state }) => [name, state])).toEqual([
      ['lost.bin', 'waiting'],
      ['whole.bin', 'here'],
    ]);
    expect((await download(`/download/${String(gone?.contentId)}`)).status).toBe(404);
    await drop(ana, String(copy?.contentId), String(gone?.contentId));
    expect(await filesOnDisk()).toEqual([]);
  });

  it('H27: what is no form is refused', async () => {
    const init = { body: 'nothing', headers: { 'content-type': 'text/plain' } };
    expect(await askHttp(net, '/upload', { token: ana.token, method: 'POST', init })).toMatchObject({ status: 400 });
    const broken = { body: '--y\r\n', headers: { 'content-type': 'multipart/form-data; boundary=x' } };
    expect(await askHttp(net, '/upload', { token: ana.token, method: 'POST', init: broken })).toMatchObject({
      status: 400,
    });
    expect(await filesOnDisk()).toEqual([]);
  });
});
