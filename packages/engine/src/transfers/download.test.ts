import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeManifest } from '@enxame/shared/content/manifest';
import { pieceBytesFor } from '@enxame/shared/content/piece-size';
import type { TransferState } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TrackerId, TransferId } from '@enxame/shared/ids';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFakeSourceTracker, type FakeSourceTracker } from '../testing/fake-source-tracker.js';
import { answerHead, startHostilePeer } from '../testing/hostile-peer.js';
import { createTestContent, verifyPiecesHere, type TestContent } from '../testing/test-content.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';
import { startTestPeer, type TestPeer } from '../testing/test-peer.js';
import { createCondition, type Condition } from '../testing/until.js';
import { createSlots } from '../waiting/slots.js';
import { createDownload, type Download, type DownloadDeps } from './download.js';
import type { DownloadRecord } from './download-record.js';
import { createManifestCache } from './manifest-cache.js';
import { partFilePath } from './part-file.js';

const KiB = 1024;
const piece = 256 * KiB;
let ana: TestDevice;
let bia: TestDevice;
let rui: TestDevice;
let folder: string;
let served: string;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  [ana, bia, rui] = await Promise.all([createTestDevice('Ana'), createTestDevice('Bia'), createTestDevice('Rui')]);
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-download-'));
  served = await mkdtemp(join(tmpdir(), 'enxame-served-'));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await rm(folder, { recursive: true, force: true });
  await rm(served, { recursive: true });
});

interface Started {
  readonly download: Download;
  readonly done: Promise<string>;
  readonly abort: AbortController;
  readonly told: Condition;
  readonly states: TransferState[];
  /** Bytes that arrived from anywhere. */
  readonly received: () => number;
}

function recordFor(content: TestContent, change: Partial<DownloadRecord> = {}): DownloadRecord {
  return {
    id: '12345678-transfer' as TransferId,
    contentId: content.contentId,
    entryId: null,
    name: 'a file.bin',
    size: content.bytes.length,
    folder,
    personName: 'Ana',
    startedAt: 0,
    intent: 'run',
    bytesDone: 0,
    finishedAt: null,
    path: null,
    sha256: null,
    error: null,
    ...change,
  };
}

function start(
  content: TestContent,
  tracker: FakeSourceTracker,
  options: { record?: Partial<DownloadRecord>; deps?: Partial<DownloadDeps> } = {},
): Started {
  const told = createCondition();
  const states: TransferState[] = [];
  const abort = new AbortController();
  let received = 0;
  const download = createDownload(recordFor(content, options.record), {
    link: tracker.link,
    trackerId: () => 'a'.repeat(52) as TrackerId,
    checkKey: () => Promise.resolve(true),
    tls: rui.tls,
    manifests: createManifestCache(join(served, 'manifests')),
    slots: createSlots(2),
    verifyPieces: verifyPiecesHere,
    onChange: () => {
      const { state } = download.progress;
      if (states.at(-1) !== state) states.push(state);
      told.changed();
    },
    onReceived: (bytes) => {
      received += bytes;
      told.changed();
    },
    now: Date.now,
    random: () => 0,
    ...options.deps,
  });
  const done = download.run(abort.signal).then(({ path }) => path);
  done.catch(() => undefined); // looked at where the test says
  closers.push(async () => {
    abort.abort();
    await done.catch(() => undefined); // the test has seen what it wanted to see
  });
  return { download, done, abort, told, states, received: () => received };
}

async function serve(device: TestDevice, content: TestContent, options = {}): Promise<TestPeer> {
  const peer = await startTestPeer(device, content, join(served, device.deviceId), options);
  closers.push(() => peer.close());
  return peer;
}

/** A peer that sends the manifest and the first bytes of each range, and then holds still. */
async function serveUpTo(device: TestDevice, content: TestContent, bytes: () => number) {
  const peer = await startHostilePeer(device, (socket, request) => {
    if (request.includes('/manifest ')) {
      const manifest = encodeManifest(content.manifest);
      socket.write(answerHead(200, manifest.length));
      socket.write(manifest);
      return;
    }
    const [, first = '', last = ''] = /range: bytes=(\d+)-(\d+)/.exec(request) ?? [];
    const [from, to] = [Number(first), Number(last) + 1];
    socket.write(answerHead(206, to - from));
    socket.write(content.bytes.subarray(from, Math.min(to, from + bytes())));
  });
  closers.push(() => peer.close());
  return peer;
}

const rangesOf = (requests: readonly string[]): string[] =>
  requests.flatMap((request) => /range: bytes=(\S+)/.exec(request)?.[1] ?? []);

async function expectInPlace(path: string, content: TestContent): Promise<void> {
  expect((await readFile(path)).equals(content.bytes)).toBe(true);
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
}

describe('a download', () => {
  it.each([0, 1, piece - 1, piece, piece + 1, 5 * piece + 7])('of %d bytes arrives', async (size) => {
    const content = createTestContent(size);
    const peer = await serve(ana, content);
    const { done, download, states } = start(
      content,
      createFakeSourceTracker(content.contentId, ana.source(peer.port)),
    );
    await expectInPlace(await done, content);
    expect(download.progress).toMatchObject({ bytesDone: size, piecesVerified: Math.ceil(size / piece) });
    expect(states).not.toContain('verified'); // only who has remembered it may say so
  });

  it('waits while there is no source, and goes on by itself', async () => {
    const content = createTestContent(2 * piece);
    const tracker = createFakeSourceTracker(content.contentId);
    const { done, told, download } = start(content, tracker);
    await told.until(() => download.progress.state === 'waiting');
    const peer = await serve(ana, content);
    tracker.setSources(ana.source(peer.port));
    await expectInPlace(await done, content);
  });

  it('waits while there is no tracker, and goes on by itself', async () => {
    const content = createTestContent(piece);
    const peer = await serve(ana, content);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
    tracker.end();
    const { done, told, states } = start(content, tracker);
    await told.until(() => states.includes('waiting'));
    tracker.open();
    await expectInPlace(await done, content);
  });

  it('goes on when its source died in the middle and came back, and asks for no verified piece again', async () => {
    const content = createTestContent(8 * piece);
    const dying = await serveUpTo(ana, content, () => 3 * piece + 1000);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(dying.port));
    const { done, told, download, received } = start(content, tracker);
    await told.until(() => download.progress.piecesVerified === 3 && received() === 3 * piece + 1000);
    tracker.setSources();
    await dying.close();
    await told.until(() => download.progress.state === 'waiting');
    expect(download.progress).toMatchObject({ piecesVerified: 3, bytesDone: 3 * piece });

    const back = await serveUpTo(ana, content, () => 8 * piece);
    tracker.setSources(ana.source(back.port));
    await expectInPlace(await done, content);
    expect(rangesOf(back.requests)).toEqual([`${String(3 * piece)}-${String(8 * piece - 1)}`]);
    expect(received()).toBe(8 * piece + 1000);
  });

  it('goes on after the receiver was killed: the part file is hashed, and only what is missing or broken is asked', async () => {
    const content = createTestContent(6 * piece);
    const tracker = createFakeSourceTracker(content.contentId);
    const first = await serveUpTo(ana, content, () => 4 * piece);
    tracker.setSources(ana.source(first.port));
    const killed = start(content, tracker);
    await killed.told.until(() => killed.download.progress.piecesVerified === 4);
    killed.abort.abort();
    await expect(killed.done).rejects.toMatchObject({ code: 'cancelled' });

    const part = await open(partFilePath(recordFor(content)), 'r+');
    await part.write(Buffer.alloc(10), 0, 10, piece + 5); // what a disk may do
    await part.close();
    const second = await serveUpTo(ana, content, () => 6 * piece);
    tracker.setSources(ana.source(second.port));
    const resumed = start(content, tracker);
    await expectInPlace(await resumed.done, content);
    const ranges = [`${String(piece)}-${String(2 * piece - 1)}`, `${String(4 * piece)}-${String(6 * piece - 1)}`];
    expect(rangesOf(second.requests)).toEqual(ranges);
    expect(second.requests.some((request) => request.includes('/manifest'))).toBe(false);
  });

  it('finds what is in place already, and cleans up after a crash that left both names', async () => {
    const content = createTestContent(2 * piece);
    const peer = await serve(ana, content);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
    const path = await start(content, tracker).done;
    await writeFile(partFilePath(recordFor(content)), content.bytes);
    const again = start(content, tracker);
    expect(await again.done).toBe(path);
    expect(again.received()).toBe(0);
    await expectInPlace(path, content);
  });

  it('is refused when the content has another size than the catalogue said', async () => {
    const content = createTestContent(2 * piece);
    const peer = await serve(ana, content);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
    await expect(start(content, tracker, { record: { size: 10 } }).done).rejects.toThrow('manifest-mismatch');
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('P13: sources that lie', () => {
  const content = createTestContent(6 * piece);
  const wrong = { ...content, bytes: Buffer.alloc(content.bytes.length, 'x') };

  it('a source of wrong bytes is struck out, and the file never gets its name', async () => {
    const liar = await serveUpTo(ana, wrong, () => 6 * piece);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(liar.port));
    const { done, download } = start(content, tracker);
    await expect(done).rejects.toMatchObject({ code: 'piece-mismatch' });
    expect(download.progress.piecesVerified).toBe(0);
    expect(await readdir(folder)).toEqual(['a file.bin.12345678.part']);
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
    closers.push(() => liar.close());
    const tracker = createFakeSourceTracker(content.contentId, ana.source(liar.port));
    const { done } = start(content, tracker);
    await expect(done).rejects.toMatchObject({ code: 'piece-mismatch' });
    expect(rangesOf(liar.requests)).toHaveLength(3);
  });

  it('the next source is asked instead', async () => {
    const [liar, honest] = [await serveUpTo(ana, wrong, () => 6 * piece), await serve(bia, content)];
    const tracker = createFakeSourceTracker(content.contentId, ana.source(liar.port), bia.source(honest.port));
    await expectInPlace(await start(content, tracker).done, content);
    expect(honest.sends.list()).toHaveLength(1);
  });

  it('a manifest of something else is not believed', async () => {
    const other = createTestContent(piece, 99);
    const liar = await serveUpTo(ana, other, () => piece);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(liar.port));
    await expect(start(content, tracker).done).rejects.toMatchObject({ code: 'piece-mismatch' });
    expect(await readdir(folder)).toEqual([]);
  });

  it('P9: one that says "disk full" is one that refuses, nothing more', async () => {
    const body = '{"error":{"code":"disk-full"}}';
    const liar = await startHostilePeer(ana, (socket) => socket.write(answerHead(507, body.length) + body));
    closers.push(() => liar.close());
    const honest = await serve(bia, content);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(liar.port), bia.source(honest.port));
    await expectInPlace(await start(content, tracker).done, content);
  });
});

describe('sources that are of no use', () => {
  it('one that cannot be reached does not keep the others from being asked', async () => {
    const content = createTestContent(2 * piece);
    const gone = await serveUpTo(ana, content, () => 0);
    await gone.close();
    const peer = await serve(bia, content);
    const tracker = createFakeSourceTracker(content.contentId, ana.source(gone.port), bia.source(peer.port));
    await expectInPlace(await start(content, tracker).done, content);
    expect(tracker.asked).toBeLessThan(3);
  });

  it('one that refuses is asked again after a wait, not in a circle', async () => {
    const content = createTestContent(piece);
    let refuses = true;
    const peer = await serve(ana, content, {
      checkTicket: (_: string, sub: string, aud: string) =>
        refuses
          ? Promise.reject(new EnxameError('ticket-invalid'))
          : Promise.resolve({ iss: 'a'.repeat(52), sub, aud, exp: 0, name: 'Rui' }),
    });
    const tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
    const { done, told, download } = start(content, tracker);
    await told.until(() => download.progress.error?.code === 'ticket-invalid');
    expect(download.progress).toMatchObject({ state: 'waiting', error: { params: { name: 'Ana' } } });
    const asked = tracker.asked;
    refuses = false;
    await expectInPlace(await done, content); // after half a second: the first wait, with a fresh ticket
    expect(tracker.asked - asked).toBe(1);
  });
});

describe('stopping', () => {
  it('at any moment leaves nothing running', async () => {
    const content = createTestContent(4 * piece);
    for (const stopAt of ['waiting', 'checking', 'moving'] as const) {
      const peer = await serveUpTo(ana, content, () => piece);
      const tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
      const { done, told, abort, states } = start(content, tracker, { record: { name: stopAt } });
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
    const { done, abort } = start(content, createFakeSourceTracker(content.contentId));
    abort.abort();
    await expect(done).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('disks', () => {
  it('a folder that is a file ends it, with words for a person', async () => {
    const content = createTestContent(piece);
    const peer = await serve(ana, content);
    await writeFile(join(folder, 'file'), '');
    const tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
    const blocked = start(content, tracker, { record: { folder: join(folder, 'file') } });
    await expect(blocked.done).rejects.toMatchObject({ code: 'folder-missing' });
  });
});
