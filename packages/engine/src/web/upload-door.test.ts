import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestWeb, type TestWeb } from './testing/test-web.js';
import { createWebServer } from './web-server.js';

let web: TestWeb;
beforeEach(async () => {
  web = await createTestWeb();
});
afterEach(() => web.dispose());

describe('uploads', () => {
  it('keeps a file under its name, in a folder of its own', async () => {
    const first = JSON.parse((await web.upload(encodeURIComponent('relação.pdf'), 'one')).body) as { path: string };
    const second = JSON.parse((await web.upload(encodeURIComponent('relação.pdf'), 'two')).body) as { path: string };
    expect(basename(first.path)).toBe('relação.pdf');
    expect(await readFile(first.path, 'utf8')).toBe('one');
    expect(await readFile(second.path, 'utf8')).toBe('two');
    expect((await web.upload('empty', '')).status).toBe(200);
  });

  it('cuts a name of 300 Arabic letters to what file systems take, and keeps the extension', async () => {
    const { body } = await web.upload(encodeURIComponent(`${'س'.repeat(300)}.jpeg`), 'x');
    const name = basename((JSON.parse(body) as { path: string }).path);
    expect(name).toMatch(/^س+\.jpeg$/);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  });

  it.each(['..%2f..%2fsecret.js', '..%5c..%5csecret.js', '..', '%00', 'con', '../../secret.js', '/etc/passwd'])(
    'writes nowhere else for the name %s',
    async (name) => {
      const { body, status } = await web.upload(name, 'hostile');
      expect(status).toBe(200);
      const { path } = JSON.parse(body) as { path: string };
      expect(join(path, '..', '..')).toBe(join(web.options.dataFolder, 'uploads'));
      expect(await readFile(join(web.folder, 'secret.js'), 'utf8')).toBe('outside');
    },
  );

  it.each(['wrong', ''])('takes nothing with the token "%s"', async (guess) => {
    const { status, body } = await web.upload('a.txt', 'x', { authorization: `Bearer ${guess}` });
    expect(status).toBe(401);
    expect(JSON.parse(body)).toEqual({ error: { code: 'unauthorized' } });
    expect(await web.uploaded()).toEqual([]);
  });

  it('answers bad-request for a broken escape, and too-large before the first byte', async () => {
    expect(JSON.parse((await web.upload('%E0%A4%A', 'x')).body)).toEqual({ error: { code: 'bad-request' } });
    const request = web.send('/uploads/huge', {
      method: 'PUT',
      headers: { authorization: `Bearer ${web.token}`, 'content-length': String(2 ** 50) },
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
    await web.server.close();
    expect(await web.uploaded()).toEqual([]);
  });

  it('leaves nothing behind when the server stops', async () => {
    startUpload();
    await untilPartial();
    await web.server.close();
    expect(await web.uploaded()).toEqual([]);
  });

  it('removes what a killed process left, and nothing else', async () => {
    const kept = JSON.parse((await web.upload('kept.txt', 'kept')).body) as { path: string };
    await web.server.close();
    await mkdir(join(web.options.dataFolder, 'uploads', '.partial-0'));
    await (await createWebServer(web.options)).close();
    expect(await web.uploaded()).toHaveLength(1);
    expect(await readFile(kept.path, 'utf8')).toBe('kept');
  });

  function startUpload(): ClientRequest {
    const request = web.send('/uploads/half.bin', { method: 'PUT', headers: { authorization: `Bearer ${web.token}` } });
    request.on('error', () => undefined); // it is meant to be cut
    request.write(Buffer.alloc(100_000));
    return request;
  }

  /** The file is made when the upload begins; nothing tells of it but the folder. */
  async function untilPartial(): Promise<void> {
    await expect.poll(() => web.uploaded()).toEqual([expect.stringMatching(/^\.partial-/)]);
  }
});
