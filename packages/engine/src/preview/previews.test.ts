import { once } from 'node:events';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineSession } from '@enxame/shared/engine/engine-host';
import { maxPreviews } from '@enxame/shared/engine/preview-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Transfer } from '@enxame/shared/engine/transfer';
import type { ContentId } from '@enxame/shared/ids';
import { createTestContent, type TestContent } from '../testing/test-content.js';
import { createPartContents } from '../transfers/part-contents.js';
import { createPieceMap } from '../transfers/piece-map.js';
import { createReadPositions } from '../transfers/read-positions.js';
import type { Library } from '../library/library.js';
import { createPreviewContents } from './preview-contents.js';
import { listenPreviews } from './preview-server.js';
import { createPreviews } from './previews.js';

const pieceBytes = 256 * 1024;
const session: EngineSession = { id: 1, emit: () => undefined };

/** A download of a content that comes piece by piece, as the test says, and the library that gets it in the end. */
async function openWorld(content: TestContent) {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-preview-'));
  const path = join(folder, 'film.part');
  await writeFile(path, Buffer.alloc(content.bytes.length));
  const parts = createPartContents(() => undefined);
  const readPositions = createReadPositions();
  const pieces = createPieceMap(content.bytes.length);
  const { contentId, manifest } = content;
  const transfers: Transfer[] = [];
  const listeners = new Set<(contentId: ContentId) => void>();
  let isHere = false;
  const library = {
    contents: {
      get: () => (isHere ? { size: content.bytes.length } : undefined),
      openForServing: async () => ({
        handle: await open(path),
        path,
        size: content.bytes.length,
        manifest: () => Promise.resolve(manifest),
      }),
    },
    onPresence: (listener: (contentId: ContentId) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    folders: {
      *find() {
        // No folder is here.
      },
      byCollection: () => [],
    },
  } as unknown as Pick<Library, 'contents' | 'onPresence' | 'folders'>;
  const members = { openSmall: () => Promise.reject(new EnxameError('content-not-found')) };
  const previews = createPreviews({
    contents: createPreviewContents({ library, members, parts, readPositions, transfers: { list: () => transfers } }),
    randomBytes,
  });
  const server = await listenPreviews({ answerPreview: previews.answer }, pino({ level: 'silent' }));
  let part: ReturnType<typeof parts.add> | undefined;
  return {
    previews,
    readPositions,
    /** It is asked for; nobody has been found yet. */
    want: () => {
      const size = content.bytes.length;
      transfers.push({ direction: 'receive', state: 'waiting', contentId, size, folder: null } as unknown as Transfer);
    },
    begin: () => {
      part = parts.add({ contentId, name: 'film', path: () => path, manifest, pieces });
    },
    async bring(...indexes: number[]) {
      const handle = await open(path, 'r+');
      for (const index of indexes) {
        const [start, end] = [index * pieceBytes, (index + 1) * pieceBytes];
        await handle.write(content.bytes.subarray(start, end), 0, undefined, start);
        pieces.markVerified(index);
        part?.onVerified();
      }
      await handle.close();
    },
    finish: () => {
      isHere = true;
      transfers.splice(0);
      part?.close();
      for (const listener of listeners) listener(contentId);
    },
    stop: () => part?.close(),
    ask: async (
      id: string,
      { range, method = 'GET', host }: { range?: string; method?: string; host?: string } = {},
    ) => {
      const headers = { ...(range !== undefined && { range }), ...(host !== undefined && { host }) };
      const request = httpRequest({
        host: '127.0.0.1',
        port: server.port,
        path: `/preview/${id}`,
        method,
        headers,
        agent: false,
      });
      request.end();
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      return { request, response };
    },
    close: async () => {
      previews.end();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** As many bytes of a body as are asked for. */
async function take(response: IncomingMessage, count: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < count) {
    const chunk = response.read() as Buffer | null;
    if (chunk === null) {
      await once(response, 'readable');
      continue;
    }
    chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks);
}

describe('previews', () => {
  const content = createTestContent(6 * pieceBytes + 1000);
  let world: Awaited<ReturnType<typeof openWorld>>;
  /** Whether what a body brings next are these bytes of the content. */
  const takes = async (response: IncomingMessage, start: number, end: number): Promise<boolean> =>
    (await take(response, end - start)).equals(content.bytes.subarray(start, end));
  beforeEach(async () => {
    world = await openWorld(content);
  });
  afterEach(() => world.close());
  const openPreview = (name = 'film.webm') => world.previews.open(session, content.contentId, name);

  it('V1: are of contents that are here or on their way, and of kinds that are shown', () => {
    expect(() => openPreview()).toThrow(expect.objectContaining({ code: 'content-not-found' }));
    world.want();
    expect(openPreview().size).toBe(content.bytes.length);
    expect(() => openPreview('film.exe')).toThrow(expect.objectContaining({ code: 'not-supported' }));
    for (let count = 1; count < maxPreviews; count++) openPreview();
    expect(() => openPreview()).toThrow(expect.objectContaining({ code: 'rate-limited' }));
  });

  it('V2: an id is good for its content, until it is closed or its interface leaves', async () => {
    world.finish();
    const { id } = openPreview();
    world.previews.close({ ...session }, id); // another interface
    expect((await world.ask(id, { method: 'HEAD' })).response.statusCode).toBe(200);
    expect((await world.ask('a'.repeat(43))).response.statusCode).toBe(404);
    expect((await world.ask(`${id}/..`)).response.statusCode).toBe(404);
    expect((await world.ask(id, { host: 'evil.example' })).response.statusCode).toBe(401);
    expect((await world.ask(id, { method: 'POST' })).response.statusCode).toBe(405);
    world.previews.close(session, id);
    expect((await world.ask(id)).response.statusCode).toBe(404);
    const second = openPreview().id;
    world.previews.endSession(session);
    expect((await world.ask(second)).response.statusCode).toBe(404);
  });

  it.each([
    ['page.html', 'text/plain; charset=utf-8'],
    ['drawing.svg', 'image/svg+xml'],
    ['script.js', 'text/plain; charset=utf-8'],
    ['film.webm', 'video/webm'],
  ])('V3, V4: %s is served as %s, and never as something that runs', async (name, type) => {
    world.finish();
    const { response } = await world.ask(openPreview(name).id, { method: 'HEAD' });
    expect(response.headers).toMatchObject({
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(response.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
    expect(response.headers['content-security-policy']).not.toMatch(/script|allow/);
  });

  it('V5: ranges of a content that is here', async () => {
    await world.bring(0, 1, 2, 3, 4, 5, 6);
    world.finish();
    const { id } = openPreview();
    const { response } = await world.ask(id, { range: 'bytes=262140-262149' });
    expect(response.headers['content-range']).toBe(`bytes 262140-262149/${String(content.bytes.length)}`);
    expect(await takes(response, 262_140, 262_150)).toBe(true);
    expect((await world.ask(id, { range: 'bytes=9999999999-' })).response.statusCode).toBe(416);
    const whole = await world.ask(id);
    expect(await takes(whole.response, 0, content.bytes.length)).toBe(true);
  });

  it('V5, V6: what is not here yet is waited for and asked first, from before the first piece until it has its name', async () => {
    world.want();
    const { id } = openPreview();
    const { response } = await world.ask(id, { range: 'bytes=262144-' });
    expect(world.readPositions.of(content.contentId)).toEqual([pieceBytes]);
    world.begin();
    await world.bring(3, 1);
    expect(await takes(response, pieceBytes, 2 * pieceBytes)).toBe(true);
    expect(world.readPositions.of(content.contentId)).toEqual([2 * pieceBytes]);
    await world.bring(2, 4);
    expect(await takes(response, 2 * pieceBytes, 5 * pieceBytes)).toBe(true);
    await world.bring(0, 5, 6);
    world.finish();
    expect(await takes(response, 5 * pieceBytes, content.bytes.length)).toBe(true);
    await once(response, 'end');
    await expect.poll(() => world.readPositions.of(content.contentId)).toEqual([]);
  });

  it('V7: closing it ends the reading, and so does whoever reads', async () => {
    world.want();
    world.begin();
    const { id } = openPreview();
    const first = await world.ask(id);
    const second = await world.ask(id, { range: 'bytes=1000-' });
    expect(world.readPositions.of(content.contentId)).toEqual([1000, 0]);
    const moved = new Promise<void>((resolve) => {
      world.readPositions.onMove(content.contentId, resolve);
    });
    first.request.destroy();
    await moved;
    expect(world.readPositions.of(content.contentId)).toEqual([1000]);
    const cut = expect(text(second.response)).rejects.toMatchObject({ code: 'ECONNRESET' });
    world.previews.close(session, id);
    await cut;
    await expect.poll(() => world.readPositions.of(content.contentId)).toEqual([]);
  });

  it('V7: a download that stops keeps its reader waiting, and one that goes on feeds it', async () => {
    world.want();
    world.begin();
    await world.bring(0);
    const { response } = await world.ask(openPreview().id);
    await take(response, pieceBytes);
    world.stop();
    world.begin();
    await world.bring(1);
    expect(await takes(response, pieceBytes, 2 * pieceBytes)).toBe(true);
    response.destroy();
  });
});
