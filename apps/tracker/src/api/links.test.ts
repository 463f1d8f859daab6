import { randomBytes } from 'node:crypto';
import { get } from 'node:http';
import type { Link, LinkPage } from '@enxame/shared/tracker/link';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { askHttp, joinWeb, type HttpReply, type WebUser } from '../test-kit/web-user.js';

const bytes = randomBytes(3 * 1024 * 1024);
let net: TestTracker;
let ana: WebUser;
let bia: WebUser;
let contentId: string;
beforeAll(async () => {
  net = await startTestTracker({ limits: { passwordTriesPerHour: 3 } });
  ana = await joinWeb(net, 'Ana');
  bia = await joinWeb(net, 'Bia');
  contentId = await upload('photo.png', bytes);
});
afterAll(async () => {
  expect(net.logged).toEqual([]);
  await net.close();
});

async function upload(name: string, content: Buffer): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(content)]), name);
  const { body } = await askHttp<{ copies: [{ contentId: string }] }>(net, '/upload', {
    token: ana.token,
    method: 'POST',
    init: { body: form },
  });
  return body.copies[0].contentId;
}

async function createLink(options: Readonly<Record<string, unknown>> = {}): Promise<Link> {
  const { status, body } = await askHttp<Link>(net, '/links', {
    token: ana.token,
    json: { target: contentId, ...options },
  });
  expect(status).toBe(200);
  return body;
}

const take = (id: string, query = '', headers: Record<string, string> = {}): Promise<HttpReply> =>
  askHttp(net, `/links/${id}/content${query}`, { init: { headers: { 'user-agent': 'a browser', ...headers } } });

const takesOf = async (id: string): Promise<unknown> =>
  (await askHttp(net, `/links/${id}/takes`, { token: ana.token })).body;

describe('links', () => {
  it('H30: anybody who has one sees what is behind it and takes it; its owner sees who did', async () => {
    const link = await createLink();
    expect(link.id).toMatch(/^[\w-]{22}$/);
    expect(link.url).toBe(`http://127.0.0.1:${String(net.tracker.address.port)}/f/${link.id}`);
    const { body } = await askHttp<LinkPage>(net, `/links/${link.id}`);
    expect(body).toMatchObject({
      needsPassword: false,
      downloadsLeft: null,
      content: {
        name: 'photo.png',
        size: bytes.length,
        type: 'image',
        from: 'hosted',
        files: null,
        owner: { name: 'Ana' },
      },
    });
    const reply = await take(link.id);
    expect([reply.status, reply.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
    expect(await takesOf(link.id)).toMatchObject({
      total: 1,
      takes: [{ who: null, agent: 'a browser', bytes: bytes.length, isComplete: true }],
    });
    const { body: list } = await askHttp<{ links: Link[] }>(net, '/links', { token: ana.token });
    expect(list.links[0]).toMatchObject({ id: link.id, downloads: 1, url: link.url });
    expect((await askHttp(net, `/links/${link.id}/takes`, { token: bia.token })).status).toBe(410);
  });

  it('H31: nobody makes a link to what is not his', async () => {
    const reply = await askHttp(net, '/links', { token: bia.token, json: { target: contentId } });
    expect(reply).toMatchObject({ status: 403, body: { error: { code: 'entry-not-yours' } } });
    const json = { target: 'a'.repeat(52) };
    expect(await askHttp(net, '/links', { token: bia.token, json })).toMatchObject({ status: 404 });
  });

  it('H32: with a password only a pass opens it, and tries are few', async () => {
    const link = await createLink({ password: 'segredo' });
    const { body } = await askHttp<LinkPage>(net, `/links/${link.id}`);
    expect(body).toMatchObject({ needsPassword: true, content: null });
    expect((await take(link.id)).status).toBe(403);
    const open = (password: string): Promise<HttpReply<{ pass: string }>> =>
      askHttp(net, `/links/${link.id}/open`, { json: { password } });
    expect(await open('Segredo')).toMatchObject({ status: 403, body: { error: { code: 'link-password-wrong' } } });
    const { pass } = (await open('segredo')).body;
    expect((await take(link.id, `?pass=${pass}`)).status).toBe(200);
    expect((await take((await createLink({ password: 'segredo' })).id, `?pass=${pass}`)).status).toBe(403);
    expect((await open('x')).status).toBe(403);
    expect(await open('segredo')).toMatchObject({ status: 429 });
  });

  it('H33: a link ends by its time', async () => {
    const link = await createLink({ lifeMs: 60_000 });
    expect((await take(link.id)).status).toBe(200);
    expect((await createLink({ lifeMs: null })).expiresAt).toBeNull();
    expect((await askHttp(net, '/links', { token: ana.token, json: { target: contentId, lifeMs: 1 } })).status).toBe(
      400,
    );
  });

  it('H34: of two who want the last download one gets it; going on after a break costs nothing', async () => {
    const link = await createLink({ maxDownloads: 2 });
    const agents = ['one', 'two', 'three'].map((agent) => take(link.id, '', { 'user-agent': agent }));
    const statuses = (await Promise.all(agents)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 410]);
    expect((await askHttp<LinkPage>(net, `/links/${link.id}`)).body.downloadsLeft).toBe(0);
    const limited = await createLink({ maxDownloads: 1 });
    const first = await take(limited.id, '', { range: 'bytes=0-999999' });
    const rest = await take(limited.id, '', { range: 'bytes=1000000-' });
    expect([first.status, rest.status]).toEqual([206, 206]);
    expect(await takesOf(limited.id)).toMatchObject({ total: 1, takes: [{ isComplete: true, bytes: bytes.length }] });
    expect((await take(limited.id)).status).toBe(410);
    expect((await take(limited.id, '', { 'user-agent': 'other' })).status).toBe(410);
  });

  it('H34: looking is no download, unless downloads are limited', async () => {
    const link = await createLink();
    expect((await take(link.id, '?inline=true')).headers.get('content-disposition')).toMatch(/^inline/);
    expect(await takesOf(link.id)).toMatchObject({ total: 0 });
    const limited = await createLink({ maxDownloads: 1 });
    expect((await take(limited.id, '?inline=true')).status).toBe(200);
    expect(await takesOf(limited.id)).toMatchObject({ total: 1 });
  });

  it('H35: revoked, it opens nothing, and whoever is downloading is cut', async () => {
    // More than the buffers of a connection hold.
    const link = await createLink({ target: await upload('long.bin', Buffer.alloc(48 * 1024 * 1024)) });
    const cut = new Promise<boolean>((resolve, reject) => {
      const call = get(`http://127.0.0.1:${String(net.tracker.address.port)}/links/${link.id}/content`, (response) => {
        response.once('readable', () => {
          void askHttp(net, `/links/${link.id}`, { token: ana.token, method: 'DELETE' }).then(() => {
            response.resume();
          }, reject);
        });
        response.on('error', () => undefined);
        response.on('close', () => {
          resolve(!response.complete);
        });
      });
      call.on('error', reject);
    });
    expect(await cut).toBe(true);
    expect((await take(link.id)).status).toBe(410);
    expect((await askHttp(net, `/links/${link.id}`)).body).toMatchObject({ error: { code: 'link-ended' } });
  });

  it('H37: links are there after a restart, with what was taken', async () => {
    const link = await createLink({ maxDownloads: 3, password: 'x' });
    const kept = await createLink();
    await take(kept.id);
    await net.restart();
    ana = await joinWeb(net, 'Ana', ana.user);
    expect((await askHttp<LinkPage>(net, `/links/${link.id}`)).body).toMatchObject({
      needsPassword: true,
      downloadsLeft: 3,
    });
    expect(await takesOf(kept.id)).toMatchObject({ total: 1 });
  });

  it('H38: a content that its owner took back ends its links', async () => {
    const link = await createLink();
    await askHttp(net, `/hosted/${contentId}`, { token: ana.token, method: 'DELETE' });
    expect((await take(link.id)).status).toBe(410);
  });
});
