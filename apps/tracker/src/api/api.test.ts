import { apiRoutes } from '@enxame/shared/tracker/api';
import type { ApiRoute } from '@enxame/shared/tracker/api-route';
import { operationRoutes } from '@enxame/shared/tracker/operation-routes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEntry } from '../test-kit/entries.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { askHttp, joinWeb, type HttpReply, type WebUser } from '../test-kit/web-user.js';

let net: TestTracker;
let ana: WebUser;
beforeAll(async () => {
  net = await startTestTracker({ limits: { apiRequestsPerMinute: 60 } });
  await joinWeb(net, 'Zeca'); // whoever is first administers
  ana = await joinWeb(net, 'Ana');
});
afterAll(async () => {
  expect(net.logged).toEqual([]);
  await net.close();
});

interface FilesPage {
  readonly files: readonly { readonly name: string }[];
  readonly cursor: string | null;
}
type Body = Readonly<Record<string, unknown>>;
const makeToken = async (scopes: readonly string[]): Promise<{ id: string; secret: string }> => {
  const { body } = await askHttp<{ token: { id: string }; secret: string }>(net, '/tokens', {
    token: ana.token,
    json: { name: 'a program', scopes },
  });
  return { id: body.token.id, secret: body.secret };
};

describe('the HTTP API', () => {
  it('H1: says itself what it is, from the schemas that parse', async () => {
    const { body } = await askHttp<{ openapi: string; paths: Readonly<Record<string, Body>> }>(net, '/openapi.json');
    const routes = { ...operationRoutes, ...apiRoutes };
    const paths = Object.values<ApiRoute>(routes).map(({ path }) => path.replaceAll(/:(\w+)/g, '{$1}'));
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(expect.arrayContaining(['/files', '/tokens/{id}', '/session']));
    expect(Object.keys(body.paths).sort()).toEqual([...new Set(paths)].sort());
    expect(body.paths['/readyz']?.['get']).toMatchObject({
      operationId: 'readyz',
      responses: { 200: { content: { 'application/json': {} } }, 503: { content: { 'application/json': {} } } },
    });
    expect(body.paths['/metrics']?.['get']).toMatchObject({ responses: { 200: { content: { 'text/plain': {} } } } });
    expect(body.paths['/files']?.['get']).toMatchObject({
      operationId: 'files',
      parameters: expect.arrayContaining([{ name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } }]) as unknown, // prettier-ignore
    });
  });

  it.each([
    ['/files', undefined, 401, 'unauthorized'],
    ['/people', 'enx_nonsense', 401, 'unauthorized'],
    ['/session/challenge', 'enx_nonsense', 401, 'unauthorized'],
    ['/me', undefined, 401, 'unauthorized'],
  ])('H2: %s with the token %s answers %d %s', async (path, token, status, code) => {
    const reply = await askHttp(net, path, token === undefined ? {} : { token });
    expect(reply).toMatchObject({ status, body: { error: { code } } });
  });

  it('H3: a person in a browser is who signed', async () => {
    expect(await askHttp(net, '/me', { token: ana.token })).toMatchObject({
      status: 200,
      body: { user: { id: ana.user.userId, name: 'Ana' }, isAdmin: false },
    });
  });

  it('H3: a nonce is good once, and a signature for what it says', async () => {
    const { nonce } = (await askHttp<{ nonce: string }>(net, '/session/challenge')).body;
    const json = { userKey: ana.user.userKeyText, nonce, signature: 'A'.repeat(86) };
    for (let round = 0; round < 2; round++) {
      expect(await askHttp(net, '/session', { json })).toMatchObject({
        status: 403,
        body: { error: { code: 'signature-invalid' } },
      });
    }
  });

  it('H5: a token opens what its scopes say, until it is revoked', async () => {
    const { id, secret } = await makeToken(['read']);
    expect(secret).toMatch(/^enx_[\w-]{43}$/);
    expect(await askHttp(net, '/files', { token: secret })).toMatchObject({ status: 200, body: { total: 0 } });
    expect(await askHttp(net, '/tokens', { token: secret })).toMatchObject({ status: 403 });
    const { body } = await askHttp<{ tokens: Body[] }>(net, '/tokens', { token: ana.token });
    expect(JSON.stringify(body)).not.toContain(secret);
    expect(body.tokens.find((token) => token['id'] === id)).toMatchObject({ name: 'a program', scopes: ['read'] });
    expect(await askHttp(net, `/tokens/${id}`, { token: ana.token, method: 'DELETE' })).toMatchObject({ status: 200 });
    expect(await askHttp(net, '/files', { token: secret })).toMatchObject({ status: 401 });
  });

  it('H5: nobody gives a scope away that he has not', async () => {
    const json = { name: 'more', scopes: ['admin'] };
    expect(await askHttp(net, '/tokens', { token: ana.token, json })).toMatchObject({ status: 403 });
    const { secret } = await makeToken(['upload']);
    expect(await askHttp(net, '/tokens', { token: secret, json: { name: 'more', scopes: ['read'] } })).toMatchObject({
      status: 403,
      body: { error: { code: 'forbidden' } },
    });
  });

  it('H5: tokens are there after a restart, sessions of browsers are not', async () => {
    const { secret } = await makeToken(['read']);
    await net.restart();
    expect(await askHttp(net, '/me', { token: secret })).toMatchObject({ status: 200 });
    expect(await askHttp(net, '/me', { token: ana.token })).toMatchObject({ status: 401 });
    ana = await joinWeb(net, 'Ana', ana.user);
  });

  it('H6: what breaks the schema is named by its place, never by what it held', async () => {
    expect(await askHttp(net, '/files?limit=9999', { token: ana.token })).toMatchObject({
      status: 400,
      body: { error: { code: 'bad-request', params: { where: 'query.limit' } } },
    });
    const json = { name: 'x', scopes: ['everything'] };
    expect(await askHttp(net, '/tokens', { token: ana.token, json })).toMatchObject({
      status: 400,
      body: { error: { code: 'bad-request', params: { where: 'body.scopes.0' } } },
    });
    const init = { body: `{"name":"${'x'.repeat(20_000)}"}`, headers: { 'content-type': 'application/json' } };
    expect(await askHttp(net, '/tokens', { token: ana.token, method: 'POST', init })).toMatchObject({ status: 413 });
  });

  it('H7: pages of the catalogue go on after the last row, whatever came before it', async () => {
    const device = await net.join('Bia');
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    await device.request('entries:announce', { entries: names.map((name) => createEntry({ name })) });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const from = cursor === '' ? '' : `&cursor=${cursor}`;
      const path = `/files?limit=2&sort=name&descending=false${from}`;
      const reply: HttpReply<FilesPage> = await askHttp<FilesPage>(net, path, { token: ana.token });
      const { body } = reply;
      seen.push(...body.files.map(({ name }) => name));
      if (cursor === '') await device.request('entries:announce', { entries: [createEntry({ name: '0' })] });
      ({ cursor } = body);
    }
    expect(seen).toEqual(names);
    expect(await askHttp(net, '/files?cursor=bm8x', { token: ana.token })).toMatchObject({ status: 400 });
  });

  it('H8: who asks too often is told when to come again', async () => {
    const { secret } = await makeToken(['read']);
    let reply = await askHttp(net, '/me', { token: secret });
    for (let round = 0; round < 60 && reply.status === 200; round++)
      reply = await askHttp(net, '/me', { token: secret });
    expect(reply).toMatchObject({ status: 429, body: { error: { code: 'rate-limited' } } });
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await askHttp(net, '/me', { token: ana.token })).toMatchObject({ status: 200 });
  });
});
