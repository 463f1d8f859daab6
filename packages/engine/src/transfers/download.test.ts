import { readdir, readFile, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDownloadFixture, rangesOf, type DownloadFixture } from '../testing/download-fixture.js';
import { createFakeSourceTracker } from '../testing/fake-source-tracker.js';
import { createTestContent, type TestContent } from '../testing/test-content.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';
import { partFilePath } from './part-file.js';

const piece = 256 * 1024;
let ana: TestDevice;
let rui: TestDevice;
let net: DownloadFixture;

beforeAll(async () => {
  [ana, rui] = await Promise.all([createTestDevice('Ana'), createTestDevice('Rui')]);
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

describe('a download', () => {
  it.each([0, 1, piece - 1, piece, piece + 1, 5 * piece + 7])('of %d bytes arrives', async (size) => {
    const content = createTestContent(size);
    const peer = await net.serve(ana, content);
    const { done, download, states } = net.start(
      content,
      createFakeSourceTracker(content.contentId, ana.source(peer.port)),
    );
    await expectInPlace(await done, content);
    expect(download.progress).toMatchObject({ bytesDone: size, piecesVerified: Math.ceil(size / piece) });
    expect(states).not.toContain('verified'); // only who has remembered it may say so
  });

  it('says that the source removed the file, not that this computer has none', async () => {
    const content = createTestContent(piece);
    const tracker = createFakeSourceTracker(content.contentId);
    tracker.failure = new EnxameError('content-not-found');
    const { done, told, download, abort } = net.start(content, tracker);
    await told.until(() => download.progress.error !== null);
    expect(download.progress).toMatchObject({ state: 'waiting', error: { code: 'source-gone' } });
    abort.abort();
    await expect(done).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('waits while there is no source, and goes on by itself', async () => {
    const content = createTestContent(2 * piece);
    const tracker = createFakeSourceTracker(content.contentId);
    const { done, told, download } = net.start(content, tracker);
    await told.until(() => download.progress.state === 'waiting');
    const peer = await net.serve(ana, content);
    tracker.setSources(ana.source(peer.port));
    await expectInPlace(await done, content);
  });

  it('waits while there is no tracker, and goes on by itself', async () => {
    const content = createTestContent(piece);
    const peer = await net.serve(ana, content);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
    tracker.end();
    const { done, told, states } = net.start(content, tracker);
    await told.until(() => states.includes('waiting'));
    tracker.open();
    await expectInPlace(await done, content);
  });

  it('goes on when its source died in the middle and came back, and asks for no verified piece again', async () => {
    const content = createTestContent(8 * piece);
    const dying = await net.serveUpTo(ana, content, 3 * piece + 1000);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(dying.port));
    const { done, told, download, received } = net.start(content, tracker);
    await told.until(() => download.progress.piecesVerified === 3 && received() === 3 * piece + 1000);
    tracker.setSources();
    await dying.close();
    await told.until(() => download.progress.state === 'waiting');
    expect(download.progress).toMatchObject({ piecesVerified: 3, bytesDone: 3 * piece });

    const back = await net.serveUpTo(ana, content, 8 * piece);
    tracker.setSources(ana.source(back.port));
    await expectInPlace(await done, content);
    expect(rangesOf(back.requests)).toEqual([`${String(3 * piece)}-${String(8 * piece - 1)}`]);
    expect(received()).toBe(8 * piece + 1000);
  });

  it('goes on after the receiver was killed: the part file is hashed, and only what is missing or broken is asked', async () => {
    const content = createTestContent(6 * piece);
    const tracker = createFakeSourceTracker(content.contentId);
    const first = await net.serveUpTo(ana, content, 4 * piece);
    tracker.setSources(ana.source(first.port));
    const killed = net.start(content, tracker);
    await killed.told.until(() => killed.download.progress.piecesVerified === 4);
    killed.abort.abort();
    await expect(killed.done).rejects.toMatchObject({ code: 'cancelled' });

    const part = await open(partFilePath(net.recordFor(content)), 'r+');
    await part.write(Buffer.alloc(10), 0, 10, piece + 5); // what a disk may do
    await part.close();
    const second = await net.serveUpTo(ana, content, 6 * piece);
    tracker.setSources(ana.source(second.port));
    const resumed = net.start(content, tracker);
    await expectInPlace(await resumed.done, content);
    const ranges = [`${String(piece)}-${String(2 * piece - 1)}`, `${String(4 * piece)}-${String(6 * piece - 1)}`];
    expect(rangesOf(second.requests)).toEqual(ranges);
    expect(second.requests.some((request) => request.includes('/manifest'))).toBe(false);
  });

  it('finds what is in place already, and cleans up after a crash that left both names', async () => {
    const content = createTestContent(2 * piece);
    const peer = await net.serve(ana, content);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
    const path = await net.start(content, tracker).done;
    await writeFile(partFilePath(net.recordFor(content)), content.bytes);
    const again = net.start(content, tracker);
    expect(await again.done).toBe(path);
    expect(again.received()).toBe(0);
    await expectInPlace(path, content);
  });

  it('is refused when the content has another size than the catalogue said', async () => {
    const content = createTestContent(2 * piece);
    const peer = await net.serve(ana, content);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
    await expect(net.start(content, tracker, { record: { size: 10 } }).done).rejects.toThrow('manifest-mismatch');
    expect(await readdir(net.folder)).toEqual([]);
  });
});

describe('stopping', () => {
  it('at any moment leaves nothing running', async () => {
    const content = createTestContent(4 * piece);
    for (const stopAt of ['waiting', 'checking', 'moving'] as const) {
      const peer = await net.serveUpTo(ana, content, piece);
      const tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
      const { done, told, abort, states } = net.start(content, tracker, { record: { name: stopAt } });
      if (stopAt === 'waiting') tracker.setSources();
      await told.until(() => states.includes(stopAt));
      abort.abort();
      await expect(done).rejects.toMatchObject({ code: 'cancelled' });
      expect(tracker.unwatched).toBeLessThanOrEqual(1);
      await peer.close(); // resolves only when no connection is left open by this side... or cut by it
    }
  });

  it('before it begins', async () => {
    const content = createTestContent(1);
    const { done, abort } = net.start(content, createFakeSourceTracker(content.contentId));
    abort.abort();
    await expect(done).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('disks', () => {
  it('a folder that is a file ends it, with words for a person', async () => {
    const content = createTestContent(piece);
    const peer = await net.serve(ana, content);
    await writeFile(join(net.folder, 'file'), '');
    const tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
    const blocked = net.start(content, tracker, { record: { folder: join(net.folder, 'file') } });
    await expect(blocked.done).rejects.toMatchObject({ code: 'folder-missing' });
  });
});
