import { readdir, readFile } from 'node:fs/promises';
import { encodeManifest } from '@enxame/shared/content/manifest';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TrackerId } from '@enxame/shared/ids';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDownloadFixture, rangesOf, type DownloadFixture } from '../testing/download-fixture.js';
import { createFakeSourceTracker } from '../testing/fake-source-tracker.js';
import { answerHead, startHostilePeer } from '../testing/hostile-peer.js';
import { createTestContent, type TestContent } from '../testing/test-content.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';

const piece = 256 * 1024;
let ana: TestDevice;
let bia: TestDevice;
let rui: TestDevice;
let net: DownloadFixture;

beforeAll(async () => {
  [ana, bia, rui] = await Promise.all([createTestDevice('Ana'), createTestDevice('Bia'), createTestDevice('Rui')]);
});
beforeEach(async () => {
  net = await createDownloadFixture(rui);
});
afterEach(async () => {
  await net.close();
});

async function expectInPlace(path: string, content: TestContent): Promise<void> {
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
  expect((await readdir(net.folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
}

describe('P13: sources that lie', () => {
  const content = createTestContent(6 * piece);
  const wrong = { ...content, bytes: Buffer.alloc(content.bytes.length, 'x') };

  it('a source of wrong bytes is struck out, and the file never gets its name', async () => {
    const liar = await net.serveUpTo(ana, wrong, 6 * piece);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(liar.port));
    const { done, download } = net.start(content, tracker);
    await expect(done).rejects.toMatchObject({ code: 'piece-mismatch' });
    expect(download.progress.piecesVerified).toBe(0);
    expect(await readdir(net.folder)).toEqual(['a file.bin.12345678.part']);
    expect(rangesOf(liar.requests)).toHaveLength(1); // not the whole range is taken from a liar
  });

  it('one that closes before it is found out is counted all the same', async () => {
    const liar = await startHostilePeer(ana, (socket, request) => {
      if (request.includes('/manifest ')) {
        const manifest = encodeManifest(content.manifest);
        socket.write(answerHead(200, manifest.length));
        socket.write(manifest);
        return;
      }
      const [, first = '', last = ''] = /range: bytes=(\d+)-(\d+)/.exec(request) ?? [];
      socket.write(answerHead(206, Number(last) + 1 - Number(first)));
      socket.end(Buffer.alloc(piece + 10));
    });
    net.closing(() => liar.close());
    const tracker = createFakeSourceTracker(content.contentId, ana.source(liar.port));
    const { done } = net.start(content, tracker);
    await expect(done).rejects.toMatchObject({ code: 'piece-mismatch' });
    expect(rangesOf(liar.requests)).toHaveLength(3);
  });

  it('the next source is asked instead', async () => {
    const [liar, honest] = [await net.serveUpTo(ana, wrong, 6 * piece), await net.serve(bia, content)];
    const tracker = createFakeSourceTracker(content.contentId, ana.source(liar.port), bia.source(honest.port));
    await expectInPlace(await net.start(content, tracker).done, content);
    expect(honest.sends.list()).toHaveLength(1);
  });

  it('a manifest of something else is not believed', async () => {
    const other = createTestContent(piece, 99);
    const liar = await net.serveUpTo(ana, other, piece);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(liar.port));
    await expect(net.start(content, tracker).done).rejects.toMatchObject({ code: 'piece-mismatch' });
    expect(await readdir(net.folder)).toEqual([]);
  });

  it.each([
    ['claims 10^9 pieces', 10 ** 9 * 32],
    ['is 2^53 bytes long', 2 ** 53],
    ['never ends', encodeManifest(content.manifest).length + 1],
  ])('P7: a manifest that %s is not taken, and its source not asked again', async (_, bytes) => {
    const liar = await startHostilePeer(ana, (socket) => {
      socket.write(answerHead(200, bytes));
      const fill = (): void => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65_536)));
      };
      socket.on('drain', fill);
      fill();
    });
    net.closing(() => liar.close());
    const tracker = createFakeSourceTracker(content.contentId, ana.source(liar.port));
    const { done, received } = net.start(content, tracker);
    await expect(done).rejects.toMatchObject({ code: 'piece-mismatch' });
    expect([liar.requests.length, received()]).toEqual([1, 0]);
    expect(await readdir(net.folder)).toEqual([]);
  });

  it('P9: one that says "disk full" is one that refuses, nothing more', async () => {
    const body = '{"error":{"code":"disk-full"}}';
    const liar = await startHostilePeer(ana, (socket) => socket.write(answerHead(507, body.length) + body));
    net.closing(() => liar.close());
    const honest = await net.serve(bia, content);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(liar.port), bia.source(honest.port));
    await expectInPlace(await net.start(content, tracker).done, content);
  });
});

describe('sources that are of no use', () => {
  it('one that cannot be reached does not keep the others from being asked', async () => {
    const content = createTestContent(2 * piece);
    const gone = await net.serveUpTo(ana, content, 0);
    await gone.close();
    const peer = await net.serve(bia, content);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(gone.port), bia.source(peer.port));
    await expectInPlace(await net.start(content, tracker).done, content);
    expect(tracker.asked).toBeLessThan(3);
  });

  it('P21: one that trickles one byte a second holds nothing up', async () => {
    const content = createTestContent(6 * piece);
    const trickler = await startHostilePeer(ana, (socket, request) => {
      if (request.includes('/manifest ')) {
        const manifest = encodeManifest(content.manifest);
        socket.write(answerHead(200, manifest.length));
        socket.write(manifest);
        return;
      }
      if (request.includes('/have ')) {
        socket.write(answerHead(200, 2));
        socket.write(Buffer.of(0b1111_1100, 0));
        return;
      }
      const [, first = '', last = ''] = /range: bytes=(\d+)-(\d+)/.exec(request) ?? [];
      socket.write(answerHead(206, Number(last) + 1 - Number(first)));
      const drop = setInterval(() => socket.write(content.bytes.subarray(0, 1)), 1000);
      socket.once('close', () => {
        clearInterval(drop);
      });
    });
    net.closing(() => trickler.close());
    const source = ana.source(trickler.port);
    const tracker = createFakeSourceTracker(content.contentId, source);
    const { done, download, told } = net.start(content, tracker);
    await told.until(() => rangesOf(trickler.requests).length > 0 && download.progress.state === 'moving');
    const honest = await net.serve(bia, content);
    tracker.setSources(source, bia.source(honest.port));
    await expectInPlace(await done, content);
  });

  it('one that refuses is asked again after a wait, not in a circle', async () => {
    const content = createTestContent(piece);
    let refuses = true;
    const peer = await net.serve(ana, content, {
      checkTicket: (_, sub, aud) =>
        refuses
          ? Promise.reject(new EnxameError('ticket-invalid'))
          : Promise.resolve({ iss: 'a'.repeat(52) as TrackerId, sub, aud, exp: 0, name: 'Rui' }),
    });
    const tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
    const { done, told, download } = net.start(content, tracker);
    await told.until(() => download.progress.error?.code === 'ticket-invalid');
    expect(download.progress).toMatchObject({ state: 'waiting', error: { params: { name: 'Ana' } } });
    refuses = false;
    await expectInPlace(await done, content); // after half a second: the first wait, with a fresh ticket
    expect(tracker.asked).toBeLessThan(5); // a busy machine makes the wait longer; a circle would be hundreds
  });
});
