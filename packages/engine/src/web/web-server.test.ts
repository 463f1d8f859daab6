import { once } from 'node:events';
import { chmod, mkdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { createWebSocketCarrier } from '@enxame/shared/engine/web-socket-carrier';
import { createTestWeb, type TestWeb } from './testing/test-web.js';
import { createWebServer } from './web-server.js';

let web: TestWeb;
beforeEach(async () => {
  web = await createTestWeb();
});
afterEach(() => web.dispose());

describe('page', () => {
  it('is served with a policy that lets nothing else in', async () => {
    const { status, headers, body } = await web.ask('/');
    expect(status).toBe(200);
    expect(body).toContain('Enxame');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'content-security-policy':
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
    });
  });

  it('lets hashed files be kept for ever', async () => {
    const { headers, body } = await web.ask('/assets/main-Ab_1-x.js');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(body).toBe('export {};');
    expect((await web.ask('/assets/main-Ab_1-x.js', { method: 'HEAD' })).headers['content-length']).toBe('10');
  });

  it.each([
    '/../secret.js',
    '/..%2fsecret.js',
    '/%2e%2e/secret.js',
    '/assets/../../secret.js',
    '/..\\secret.js',
    '/assets/%5c..%5c..%5csecret.js',
    '//etc/passwd',
    '/assets/main-Ab_1-x.js%00.html',
    '/assets',
    '/assets/',
    '/nothing.js',
    '/index.html/main.js',
    '*',
  ])('answers not-found for %s', async (path) => {
    const { status, body, headers } = await web.ask(path);
    expect(status).toBe(404);
    expect(JSON.parse(body)).toEqual({ error: { code: 'not-found' } });
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('refuses other methods', async () => {
    expect((await web.ask('/', { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await web.ask('/uploads/x', { method: 'OPTIONS' })).status).toBe(405);
  });
});

describe('whose request it is', () => {
  it.each(['evil.example', 'evil.example:{port}', '127.0.0.1', '127.0.0.1:1', '127.0.0.1:{port}@evil.example'])(
    'refuses the Host %s (DNS rebinding)',
    async (host) => {
      const headers = { host: host.replace('{port}', String(web.server.port)) };
      expect((await web.ask('/', { headers })).status).toBe(401);
      expect((await web.upload('a.txt', 'x', headers)).status).toBe(401);
      expect(await web.dialStatus(['enxame', `token.${web.token}`], headers)).toBe(401);
      expect(await web.uploaded()).toEqual([]);
    },
  );

  it.each([
    'http://evil.example',
    'null',
    'http://127.0.0.1:1',
    'https://127.0.0.1:{port}',
    'http://127.0.0.1.evil.example',
  ])('refuses the Origin %s', async (text) => {
    const headers = { origin: text.replace('{port}', String(web.server.port)) };
    expect((await web.ask('/', { headers })).status).toBe(401);
    expect((await web.upload('a.txt', 'x', headers)).status).toBe(401);
    expect(await web.dialStatus(['enxame', `token.${web.token}`], headers)).toBe(401);
  });

  it.each(['127.0.0.1', 'localhost', '[::1]'])('takes its own names: %s', async (name) => {
    const own = `${name}:${String(web.server.port)}`;
    expect((await web.ask('/', { headers: { host: own, origin: `http://${own}` } })).status).toBe(200);
  });
});

describe('way to the engine', () => {
  it('carries frames for who has the token, and never says the token back', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${String(web.server.port)}/engine`, ['enxame', `token.${web.token}`]);
    const carrier = createWebSocketCarrier(socket);
    const answered = new Promise((resolve) => {
      carrier.onFrame(resolve);
    });
    carrier.send({ hello: 1 });
    expect(await answered).toEqual({ hello: 1 });
    expect(socket.protocol).toBe('enxame');
    const ended = new Promise<void>((resolve) => {
      carrier.onClose(resolve);
    });
    await web.server.close();
    await ended;
  });

  it.each([[[]], [['enxame']], [['enxame', 'token.']], [['enxame', `token.${'x'.repeat(43)}`]]])(
    'refuses %j',
    async (protocols) => {
      expect(await web.dialStatus(protocols)).toBe(401);
      expect(web.accepted).toEqual([]);
    },
  );

  it('is at one address only', async () => {
    expect(await web.dialStatus(['enxame', `token.${web.token}`], {}, '/other')).toBe(404);
  });
});

describe('token', () => {
  it('is the same after a restart, in a file for its owner only', async () => {
    await web.server.close();
    const again = await createWebServer(web.options);
    expect(new URL(again.url).hash).toBe(`#token=${web.token}`);
    await again.close();
    const path = join(web.options.dataFolder, 'web-token');
    expect(await readFile(path, 'utf8')).toBe(web.token);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === 'win32')('is made anew when others could have read it', async () => {
    await chmod(join(web.options.dataFolder, 'web-token'), 0o644);
    await web.server.close();
    const again = await createWebServer(web.options);
    expect(new URL(again.url).hash).not.toBe(`#token=${web.token}`);
    await again.close();
  });
});

describe('port', () => {
  it('is the next free one when the wanted one is taken, and none when it must be that one', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const data = { ...web.options, dataFolder: join(web.folder, 'other') };
    await mkdir(data.dataFolder);
    const next = await createWebServer({ ...data, port, exactPort: false });
    expect(next.port).not.toBe(port);
    await next.close();
    await expect(createWebServer({ ...data, port, exactPort: true })).rejects.toMatchObject({
      code: 'port-taken',
      params: { port },
    });
    other.close();
  });

  it('is not opened for an interface that was not built', async () => {
    await expect(createWebServer({ ...web.options, uiFolder: web.folder })).rejects.toMatchObject({
      code: 'folder-missing',
    });
  });
});
