import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPageServer } from './page-server.js';

describe('page server', () => {
  let root: string;
  let serve: (request: Request) => Promise<Response>;
  const get = (url: string, init?: RequestInit): Promise<Response> => serve(new Request(url, init));

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'enxame-page-'));
    await mkdir(join(root, 'page', 'assets'), { recursive: true });
    await mkdir(join(root, 'page-evil'));
    await writeFile(join(root, 'page', 'index.html'), '<!doctype html>');
    await writeFile(join(root, 'page', 'assets', 'main-1.js'), 'export {};');
    await writeFile(join(root, 'page', 'assets', 'relação.svg'), '<svg/>');
    await writeFile(join(root, 'page', 'assets', 'notes.txt'), 'not of a page');
    await writeFile(join(root, 'page-evil', 'index.html'), 'evil');
    await writeFile(join(root, 'secret.html'), 'secret');
    serve = createPageServer({
      folder: join(root, 'page'),
      readFile: (path) => readFile(path),
      preview: ({ url }) => Promise.resolve(new Response(url)),
    });
  });
  afterAll(() => rm(root, { recursive: true }));

  it('serves a file with its type and a policy that allows nothing from elsewhere, inline or evaluated', async () => {
    const response = await get('app://enxame/index.html');
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<!doctype html>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:|data:|blob:/);
  });

  it.each([
    ['app://enxame/assets/main-1.js', 'text/javascript; charset=utf-8'],
    ['app://enxame/assets/main-1.js?v=2#top', 'text/javascript; charset=utf-8'],
    ['app://enxame/assets/rela%C3%A7%C3%A3o.svg', 'image/svg+xml'],
  ])('serves %s', async (url, type) => {
    const response = await get(url);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, type]);
  });

  it.each([
    'app://enxame/missing.html',
    'app://enxame/assets',
    'app://enxame/assets/notes.txt',
    'app://enxame/index.html/more.html',
    'app://enxame/../secret.html',
    'app://enxame/%2e%2e/secret.html',
    'app://enxame/..%2fsecret.html',
    'app://enxame/..%2fpage-evil%2findex.html',
    'app://enxame/..%5csecret.html',
    'app://enxame/assets/..%2f..%2fsecret.html',
    'app://enxame/index.html%00.js',
    'app://enxame/index.html::$DATA.html',
    'app://enxame/%E0%A4%A.html',
    'app://other/index.html',
    'app://enxame.example.org/index.html',
    'http://enxame/index.html',
  ])('does not serve %s', async (url) => {
    const response = await get(url);
    expect([response.status, await response.text()]).toEqual([404, '']);
  });

  it('asks the engine for what the person looks at, and for nothing else', async () => {
    expect(await (await get('app://enxame/preview/abc')).text()).toBe('app://enxame/preview/abc');
    expect((await get('app://enxame/assets/preview/abc')).status).toBe(404);
  });

  it('takes GET alone', async () => {
    expect((await get('app://enxame/index.html', { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('does not call a failing disk a missing file', async () => {
    const failure = Object.assign(new Error('input/output error'), { code: 'EIO' });
    const failing = createPageServer({
      folder: '/page',
      readFile: () => Promise.reject(failure),
      preview: () => Promise.reject(failure),
    });
    await expect(failing(new Request('app://enxame/index.html'))).rejects.toBe(failure);
  });
});
