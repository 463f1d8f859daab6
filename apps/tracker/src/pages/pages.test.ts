import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { linkPageSchema, type LinkPage } from '@enxame/shared/tracker/link';
import express from 'express';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPages } from './pages.js';

const html =
  '<!doctype html><html lang="en"><head><!--enxame:head--></head><body><noscript><!--enxame:noscript--></noscript></body></html>';
const linkId = 'abcdefghijklmnopqrstuv';
const hostile = `"><script>alert(1)</script>$& '.txt`;

let folder: string;
let servers: Server[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-pages-'));
  servers = [];
});
afterEach(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true, force: true });
});

async function build(): Promise<void> {
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), html);
  await writeFile(join(folder, 'link.html'), html);
  await writeFile(join(folder, 'assets', 'link-1a2b.js'), 'export {};'.repeat(100));
  await writeFile(join(folder, 'assets', 'notes.md'), 'not a part of a page');
}

async function serve(pagesFolder: string | undefined, readLink: () => LinkPage = () => linkTo({})): Promise<string> {
  const router = await openPages({ folder: pagesFolder, name: 'Casa <Andrade>', readLink });
  const server = createServer(express().use(router)).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

function linkTo(content: Partial<NonNullable<LinkPage['content']>> | null): LinkPage {
  return linkPageSchema.parse({
    id: linkId,
    needsPassword: content === null,
    expiresAt: null,
    downloadsLeft: null,
    content: content && {
      name: 'summer.zip',
      size: 18_400_000,
      contentId: `${'a'.repeat(51)}q`,
      sha256: null,
      type: 'archive',
      files: null,
      owner: { name: 'Ana', online: true, lastSeenAt: null },
      from: 'hosted',
      ...content,
    },
  });
}

describe('pages', () => {
  it('W1: a tracker whose pages are not built says so, and goes on', async () => {
    const url = await serve(undefined);
    for (const path of ['/', `/f/${linkId}`]) {
      const answer = await fetch(url + path);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([503, 'text/plain; charset=utf-8']);
      expect(await answer.text()).toContain('npm run build');
    }
  });

  it('W2: pages run nothing but the tracker’s own files', async () => {
    await build();
    const url = await serve(folder);
    for (const path of ['/', `/f/${linkId}`]) {
      const policy = (await fetch(url + path)).headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(policy).not.toContain('upgrade-insecure-requests');
    }
  });

  it('W3: what is written into a page from elsewhere is text', async () => {
    await build();
    const url = await serve(folder, () =>
      linkTo({ name: hostile, owner: { name: '<img src=x>', online: true, lastSeenAt: null } }),
    );
    const page = await (await fetch(`${url}/f/${linkId}`)).text();
    expect(page).toContain(`<title>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;$&amp; &#39;.txt · Enxame</title>`);
    expect(page).toContain('content="18.4 MB, shared by &lt;img src=x&gt;"');
    expect(page).not.toMatch(/<script|<img/);
    expect(await (await fetch(url)).text()).toContain('<title>Casa &lt;Andrade&gt; · Enxame</title>');
  });

  it.each([
    ['en-GB,en;q=0.9', 'en', 'Download summer.zip', 'shared by Ana'],
    ['pt-BR,pt;q=0.9', 'pt-BR', 'Baixar summer.zip', 'de Ana'],
  ])(
    'W4: without JavaScript there is the file itself, in the language of the browser: %s',
    async (accept, lang, word, from) => {
      await build();
      const url = await serve(folder);
      const page = await (await fetch(`${url}/f/${linkId}`, { headers: { 'accept-language': accept } })).text();
      expect(page).toContain(`<html lang="${lang}">`);
      expect(page).toContain(`<a href="/links/${linkId}/content">${word}</a>`);
      expect(page).toContain(from);
    },
  );

  it('W4: of a folder it is the zip, of a file with a password nothing, of an offline one the reason', async () => {
    await build();
    const read = async (link: LinkPage): Promise<string> =>
      (await fetch(`${await serve(folder, () => link)}/f/${linkId}`)).text();
    expect(await read(linkTo({ files: 3 }))).toContain(`<a href="/links/${linkId}/zip">`);
    const locked = await read(linkTo(null));
    expect(locked).not.toContain('<a ');
    expect(locked).toContain('A file with a password');
    expect(await read(linkTo({ from: 'offline' }))).toContain('The owner is offline.');
  });

  it.each([
    ['link-ended', 410],
    ['not-found', 404],
  ] as const)('W5: a link that answers %s has a page with status %d', async (code, status) => {
    await build();
    const url = await serve(folder, () => {
      throw new EnxameError(code);
    });
    const answer = await fetch(`${url}/f/${linkId}`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([status, 'no-cache']);
    expect(await answer.text()).toContain('This link has ended');
    expect((await fetch(`${url}/f/short`)).status).toBe(404);
  });

  it('W6: what is named by its hash is kept for ever, a page is asked for again and may be unchanged', async () => {
    await build();
    const url = await serve(folder);
    const script = await fetch(`${url}/assets/link-1a2b.js`);
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('content-encoding')).toBe('gzip');
    expect(await script.text()).toBe('export {};'.repeat(100));
    const page = await fetch(url);
    const etag = page.headers.get('etag') ?? '';
    const again = await fetch(url, { headers: { 'if-none-match': etag } });
    expect([page.headers.get('cache-control'), again.status, await again.text()]).toEqual(['no-cache', 304, '']);
  });

  it.each(['/assets/notes.md', '/assets/..%2findex.html', '/assets/%2e%2e%2findex.html', '/assets/', '/index.html'])(
    'W6: %s is not there: a request never becomes a path on the disk',
    async (path) => {
      await build();
      expect((await fetch((await serve(folder)) + path)).status).toBe(404);
    },
  );
});
