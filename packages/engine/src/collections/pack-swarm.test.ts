import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { createCollectionEncoder } from '@enxame/shared/content/collection-encoder';
import type { ContentId } from '@enxame/shared/ids';
import { parsePackRanges } from '@enxame/shared/peer/pack';
import type { Source } from '@enxame/shared/tracker/person';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pieceContentId } from '../content/content-id.js';
import { systemTimers } from '../library/timers.js';
import { dialSource } from '../testing/dial-source.js';
import { answerHead, startHostilePeer, type HostilePeer } from '../testing/hostile-peer.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';
import { createSlots } from '../waiting/slots.js';
import { createFolderBoard, type FolderBoard } from './folder-board.js';
import { createFolderThread, type FolderThread } from './folder-thread.js';
import { createPackBoard } from './pack-board.js';
import { createPackSwarm, type PackSwarm } from './pack-swarm.js';
import { createPackWriter } from './pack-writer.js';

const workerUrl = new URL('../../dist/collections/folder-worker.js', import.meta.url);
const collectionId = 'c'.repeat(51).concat('a') as ContentId;
const count = 600;
const bytesOf = (index: number): Buffer => Buffer.from(`this is file ${String(index)}`);
const nameOf = (index: number): string => String(index).padStart(4, '0');

let thread: FolderThread;
let [ana, eva, rui]: TestDevice[] = [];
let folder: string;
let board: FolderBoard;
let peers: HostilePeer[];
let swarms: PackSwarm[];

beforeAll(async () => {
  [ana, eva, rui] = await Promise.all([createTestDevice('Ana'), createTestDevice('Eva'), createTestDevice('Rui')]);
  thread = createFolderThread(workerUrl);
});
afterAll(() => thread.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-packs-'));
  await mkdir(join(folder, 'into'));
  const encoder = createCollectionEncoder();
  for (let index = 0; index < count; index++) {
    encoder.addFile(nameOf(index), bytesOf(index).length, pieceContentId(bytesOf(index)));
  }
  board = createFolderBoard(encoder.finish());
  [peers, swarms] = [[], []];
});
afterEach(async () => {
  for (const swarm of swarms) await swarm.close();
  for (const peer of peers) await peer.close();
  await rm(folder, { recursive: true });
});

const askedOf = (request: string): number[] => parsePackRanges(/pack\?files=([\d,-]+)/.exec(request)?.[1] ?? '');

function frameOf(request: string, mark: (index: number) => number = () => 1): Buffer {
  return Buffer.concat(
    askedOf(request).map((index) =>
      mark(index) === 1 ? Buffer.concat([Buffer.of(1), bytesOf(index)]) : Buffer.of(mark(index)),
    ),
  );
}

function sendFrame(socket: TLSSocket, frame: Buffer): void {
  socket.write(answerHead(200, frame.length));
  socket.write(frame);
}

async function serve(
  device: TestDevice | undefined,
  answer: (socket: TLSSocket, request: string, index: number) => void,
): Promise<Source> {
  if (!device) throw new Error('no device');
  const peer = await startHostilePeer(device, answer);
  peers.push(peer);
  return device.source(peer.port);
}

function fetchFrom(...sources: readonly Source[]): { readonly done: Promise<void>; readonly swarm: PackSwarm } {
  const tls = rui?.tls ?? { key: '', cert: '' };
  const swarm = createPackSwarm(
    {
      paths: { connect: (source, { signal }) => dialSource(source, tls, signal) },
      slots: createSlots(4),
      dials: createSlots(16),
      timers: systemTimers,
      random: () => 0,
    },
    {
      collectionId,
      name: 'Fotos',
      feed: {
        sources,
        authority: { ticket: 'ticket' },
        error: undefined,
        isStale: () => false,
        refresh: () => Promise.resolve(),
        close: () => undefined,
      },
      folder: board,
      board: createPackBoard(board, () => true),
      writer: createPackWriter(join(folder, 'into'), board, thread),
      onProgress: () => undefined,
      onChange: () => undefined,
    },
  );
  swarms.push(swarm);
  return { done: swarm.run(), swarm };
}

async function expectAll(): Promise<void> {
  expect(board.isComplete).toBe(true);
  for (const index of [0, 1, count - 1]) {
    expect(await readFile(join(folder, 'into', nameOf(index)))).toEqual(bytesOf(index));
  }
}

describe('packs', () => {
  it('P50: come from several sources, each file once', async () => {
    const asked: number[] = [];
    const answer = (socket: TLSSocket, request: string): void => {
      asked.push(...askedOf(request));
      sendFrame(socket, frameOf(request));
    };
    await fetchFrom(await serve(ana, answer), await serve(eva, answer)).done;
    await expectAll();
    expect(asked.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
  });

  it('P52: what one source does not have comes from another', async () => {
    const lacking = await serve(ana, (socket, request) => {
      sendFrame(
        socket,
        frameOf(request, (index) => (index % 2 === 0 ? 1 : 0)),
      );
    });
    const other = await serve(eva, (socket, request) => {
      sendFrame(socket, frameOf(request));
    });
    await fetchFrom(lacking, other).done;
    await expectAll();
  });

  it('P53: what no source has is told, and not asked for again and again', async () => {
    const source = await serve(ana, (socket, request) => {
      sendFrame(
        socket,
        frameOf(request, (index) => (index === 7 ? 0 : 1)),
      );
    });
    const { done, swarm } = fetchFrom(source);
    const ended = done.catch(() => 'ended');
    await expect.poll(() => swarm.error, { timeout: 10_000 }).toEqual({ code: 'source-gone', params: { name: 'Ana' } });
    expect(board.filesDone).toBe(count - 1);
    const before = peers[0]?.requests.length;
    await new Promise((resolve) => setTimeout(resolve, 200)); // nothing is to happen: there is no event for it
    expect(peers[0]?.requests.length).toBe(before);
    await swarm.close();
    expect(await ended).toBe('ended');
  });

  it('P53: a source that sends wrong bytes is struck out, and nothing wrong is written', async () => {
    const liar = await serve(ana, (socket, request) => {
      const frame = frameOf(request);
      frame[1] = 0x58; // the first letter of the first file
      sendFrame(socket, frame);
    });
    await expect(fetchFrom(liar).done).rejects.toMatchObject({ code: 'piece-mismatch', params: { name: 'Fotos' } });
    expect(peers[0]?.requests.length).toBeLessThanOrEqual(5);
    for (let index = 0; index < count; index++) {
      if (board.isDone(index)) expect(await readFile(join(folder, 'into', nameOf(index)))).toEqual(bytesOf(index));
    }
  });

  it.each<[string, (socket: TLSSocket, request: string) => void]>([
    ['a mark that is none', (socket, request) => { sendFrame(socket, frameOf(request, () => 2)); }],
    ['an answer that is too long', (socket, request) => { sendFrame(socket, Buffer.concat([frameOf(request), Buffer.of(0)])); }],
    ['an answer that is too short', (socket, request) => { sendFrame(socket, frameOf(request).subarray(0, -1)); }],
    ['nothing at all', (socket) => { socket.write(answerHead(200, 0)); }],
    ['2^53 bytes', (socket) => { socket.write(answerHead(200, 2 ** 53)); }],
    ['a redirection', (socket) => { socket.write(answerHead(302, 0)); }],
  ])('P52: %s is a lie, and the other source brings all', async (_what, lie) => {
    const liar = await serve(ana, lie);
    await expect(fetchFrom(liar).done).rejects.toMatchObject({ code: 'piece-mismatch' });
    const good = await serve(eva, (socket, request) => { sendFrame(socket, frameOf(request)); });
    await fetchFrom(liar, good).done;
    await expectAll();
  }); // prettier-ignore

  it('a source that hangs up in the middle is asked again', async () => {
    const source = await serve(ana, (socket, request, index) => {
      const frame = frameOf(request);
      if (index > 1) {
        sendFrame(socket, frame);
        return;
      }
      socket.write(answerHead(200, frame.length));
      socket.write(frame.subarray(0, 10), () => socket.destroy());
    });
    await fetchFrom(source).done;
    await expectAll();
  });
});
