import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { Carrier } from '@enxame/shared/engine/carrier';
import { createWebSocketCarrier } from '@enxame/shared/engine/web-socket-carrier';
import { createWebServer, type WebServer, type WebServerOptions } from './web-server.js';

let folder: string;
let options: WebServerOptions;
let server: WebServer;
let token: string;
let accepted: Carrier[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-web-'));
  const uiFolder = join(folder, 'ui');
  await mkdir(join(uiFolder, 'assets'), { recursive: true });
  await writeFile(join(uiFolder, 'index.html'), '<!doctype html><title>Enxame</title>');
  await writeFile(join(uiFolder, 'assets', 'main-Ab_1-x.js'), 'export {};');
  await writeFile(join(folder, 'secret.js'), 'outside');
  accepted = [];
  const accept = (carrier: Carrier): void => {
    accepted.push(carrier);
    carrier.onFrame((frame) => {
      carrier.send(frame);
    });
  };
  const logger = pino({ level: 'silent' });
  options = { dataFolder: join(folder, 'data'), uiFolder, port: 0, exactPort: true, accept, logger };
  await mkdir(options.dataFolder);
  server = await createWebServer(options);
  token = new URL(server.url).hash.slice('#token='.length);
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: Buffer | string;
}

/** `fetch` would tidy the path and refuse to set Host: this sends what it is told. */
function send(path: string, ask: Ask = {}): ClientRequest {
  return httpRequest({ port: server.port, host: '127.0.0.1', path, method: ask.method ?? 'GET', headers: ask.headers });
}

async function ask(path: string, what: Ask = {}): Promise<Answer> {
  const request = send(path, what);
  const response = once(request, 'response') as Promise<[IncomingMessage]>;
  request.end(what.body);
  const [message] = await response;
  return { status: message.statusCode, headers: message.headers, body: await text(message) };
}

function upload(name: string, body: Buffer | string, headers: Record<string, string> = {}): Promise<Answer> {
  return ask(`/uploads/${name}`, { method: 'PUT', body, headers: { authorization: `Bearer ${token}`, ...headers } });
}

const uploaded = (): Promise<string[]> => readdir(join(options.dataFolder, 'uploads'));

describe('page', () => {
  it('is served with a policy that lets nothing else in', async () => {
    const { status, headers, body } = await ask('/');
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
    const { headers, body } = await ask('/assets/main-Ab_1-x.js');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(body).toBe('export {};');
    expect((await ask('/assets/main-Ab_1-x.js', { method: 'HEAD' })).headers['content-length']).toBe('10');
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
    const { status, body, headers } = await ask(path);
    expect(status).toBe(404);
    expect(JSON.parse(body)).toEqual({ error: { code: 'not-found' } });
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('refuses other methods', async () => {
    expect((await ask('/', { method: 'POST', body: 'x' })).status).toBe(405);
    expect((await ask('/uploads/x', { method: 'OPTIONS' })).status).toBe(405);
  });
});

describe('whose request it is', () => {
  it.each(['evil.example', 'evil.example:{port}', '127.0.0.1', '127.0.0.1:1', '127.0.0.1:{port}@evil.example'])(
    'refuses the Host %s (DNS rebinding)',
    async (host) => {
      const headers = { host: host.replace('{port}', String(server.port)) };
      expect((await ask('/', { headers })).status).toBe(401);
      expect((await upload('a.txt', 'x', headers)).status).toBe(401);
      expect(await dialStatus(['enxame', `token.${token}`], headers)).toBe(401);
      expect(await uploaded()).toEqual([]);
    },
  );

  it.each([
    'http://evil.example',
    'null',
    'http://127.0.0.1:1',
    'https://127.0.0.1:{port}',
    'http://127.0.0.1.evil.example',
  ])('refuses the Origin %s', async (text) => {
    const headers = { origin: text.replace('{port}', String(server.port)) };
    expect((await ask('/', { headers })).status).toBe(401);
    expect((await upload('a.txt', 'x', headers)).status).toBe(401);
    expect(await dialStatus(['enxame', `token.${token}`], headers)).toBe(401);
  });

  it.each(['127.0.0.1', 'localhost', '[::1]'])('takes its own names: %s', async (name) => {
    const own = `${name}:${String(server.port)}`;
    expect((await ask('/', { headers: { host: own, origin: `http://${own}` } })).status).toBe(200);
  });
});

describe('way to the engine', () => {
  it('carries frames for who has the token, and never says the token back', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${String(server.port)}/engine`, ['enxame', `token.${token}`]);
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
    await server.close();
    await ended;
  });

  it.each([[[]], [['enxame']], [['enxame', 'token.']], [['enxame', `token.${'x'.repeat(43)}`]]])(
    'refuses %j',
    async (protocols) => {
      expect(await dialStatus(protocols)).toBe(401);
      expect(accepted).toEqual([]);
    },
  );

  it('is at one address only', async () => {
    expect(await dialStatus(['enxame', `token.${token}`], {}, '/other')).toBe(404);
  });
});

describe('token', () => {
  it('is the same after a restart, in a file for its owner only', async () => {
    await server.close();
    const again = await createWebServer(options);
    expect(new URL(again.url).hash).toBe(`#token=${token}`);
    await again.close();
    const path = join(options.dataFolder, 'web-token');
    expect(await readFile(path, 'utf8')).toBe(token);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === 'win32')('is made anew when others could have read it', async () => {
    await chmod(join(options.dataFolder, 'web-token'), 0o644);
    await server.close();
    const again = await createWebServer(options);
    expect(new URL(again.url).hash).not.toBe(`#token=${token}`);
    await again.close();
  });
});

describe('uploads', () => {
  it('keeps a file under its name, in a folder of its own', async () => {
    const first = JSON.parse((await upload(encodeURIComponent('relação.pdf'), 'one')).body) as { path: string };
    const second = JSON.parse((await upload(encodeURIComponent('relação.pdf'), 'two')).body) as { path: string };
    expect(basename(first.path)).toBe('relação.pdf');
    expect(await readFile(first.path, 'utf8')).toBe('one');
    expect(await readFile(second.path, 'utf8')).toBe('two');
    expect((await upload('empty', '')).status).toBe(200);
  });

  it('cuts a name of 300 Arabic letters to what file systems take, and keeps the extension', async () => {
    const { body } = await upload(encodeURIComponent(`${'س'.repeat(300)}.jpeg`), 'x');
    const name = basename((JSON.parse(body) as { path: string }).path);
    expect(name).toMatch(/^س+\.jpeg$/);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  });

  it.each(['..%2f..%2fsecret.js', '..%5c..%5csecret.js', '..', '%00', 'con', '../../secret.js', '/etc/passwd'])(
    'writes nowhere else for the name %s',
    async (name) => {
      const { body, status } = await upload(name, 'hostile');
      expect(status).toBe(200);
      const { path } = JSON.parse(body) as { path: string };
      expect(join(path, '..', '..')).toBe(join(options.dataFolder, 'uploads'));
      expect(await readFile(join(folder, 'secret.js'), 'utf8')).toBe('outside');
    },
  );

  it.each(['wrong', ''])('takes nothing with the token "%s"', async (guess) => {
    const { status, body } = await upload('a.txt', 'x', { authorization: `Bearer ${guess}` });
    expect(status).toBe(401);
    expect(JSON.parse(body)).toEqual({ error: { code: 'unauthorized' } });
    expect(await uploaded()).toEqual([]);
  });

  it('answers bad-request for a broken escape, and too-large before the first byte', async () => {
    expect(JSON.parse((await upload('%E0%A4%A', 'x')).body)).toEqual({ error: { code: 'bad-request' } });
    const request = send('/uploads/huge', {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-length': String(2 ** 50) },
    });
    request.on('error', () => undefined); // it is cut below
    request.flushHeaders();
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(413);
    request.destroy();
  });

  it('leaves nothing behind when the sender goes away', async () => {
    const request = startUpload();
    await untilPartial();
    request.destroy();
    await server.close();
    expect(await uploaded()).toEqual([]);
  });

  it('leaves nothing behind when the server stops', async () => {
    startUpload();
    await untilPartial();
    await server.close();
    expect(await uploaded()).toEqual([]);
  });

  it('removes what a killed process left, and nothing else', async () => {
    const kept = JSON.parse((await upload('kept.txt', 'kept')).body) as { path: string };
    await server.close();
    await mkdir(join(options.dataFolder, 'uploads', '.partial-0'));
    await (await createWebServer(options)).close();
    expect(await uploaded()).toHaveLength(1);
    expect(await readFile(kept.path, 'utf8')).toBe('kept');
  });

  function startUpload(): ClientRequest {
    const request = send('/uploads/half.bin', { method: 'PUT', headers: { authorization: `Bearer ${token}` } });
    request.on('error', () => undefined); // it is meant to be cut
    request.write(Buffer.alloc(100_000));
    return request;
  }

  /** The file is made when the upload begins; nothing tells of it but the folder. */
  async function untilPartial(): Promise<void> {
    await expect.poll(uploaded).toEqual([expect.stringMatching(/^\.partial-/)]);
  }
});

describe('port', () => {
  it('is the next free one when the wanted one is taken, and none when it must be that one', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const data = { ...options, dataFolder: join(folder, 'other') };
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
    await expect(createWebServer({ ...options, uiFolder: folder })).rejects.toMatchObject({ code: 'folder-missing' });
  });
});

async function dialStatus(
  protocols: string[],
  headers: Record<string, string> = {},
  path = '/engine',
): Promise<unknown> {
  const socket = new WebSocket(`ws://127.0.0.1:${String(server.port)}${path}`, protocols, { headers });
  const [, response] = (await once(socket, 'unexpected-response')) as [ClientRequest, IncomingMessage];
  response.resume();
  return response.statusCode;
}
