import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeManifest } from '@enxame/shared/content/manifest';
import type { TransferState } from '@enxame/shared/engine/transfer';
import type { TrackerId, TransferId } from '@enxame/shared/ids';
import { systemTimers } from '../library/timers.js';
import { dialSource } from './dial-source.js';
import type { HeldPart } from '../peer/content-access.js';
import type { PeerServerDeps } from '../peer/peer-server.js';
import { createDownload, type Download, type DownloadDeps } from '../transfers/download.js';
import type { DownloadRecord } from '../transfers/download-record.js';
import { createManifestCache } from '../transfers/manifest-cache.js';
import { createPartContents } from '../transfers/part-contents.js';
import { createBufferBudget } from '../transfers/piece-buffers.js';
import { createSlots } from '../waiting/slots.js';
import type { FakeSourceTracker } from './fake-source-tracker.js';
import { answerHead, startHostilePeer, type HostilePeer } from './hostile-peer.js';
import { verifyPiecesHere, type TestContent } from './test-content.js';
import type { TestDevice } from './test-device.js';
import { startTestPeer, type TestPeer } from './test-peer.js';
import { createCondition, type Condition } from './until.js';

export interface Started {
  readonly download: Download;
  readonly done: Promise<string>;
  readonly abort: AbortController;
  readonly told: Condition;
  readonly states: TransferState[];
  /** Bytes that arrived from anywhere. */
  readonly received: () => number;
}

/** A receiver with folders of its own, and whoever serves it. */
export interface DownloadFixture {
  /** Where downloads land. */
  readonly folder: string;
  recordFor(content: TestContent, change?: Partial<DownloadRecord>): DownloadRecord;
  start(
    content: TestContent,
    tracker: FakeSourceTracker,
    options?: { readonly record?: Partial<DownloadRecord>; readonly deps?: Partial<DownloadDeps> },
  ): Started;
  serve(
    device: TestDevice,
    content: TestContent,
    options?: Partial<PeerServerDeps> & { readonly held?: HeldPart },
  ): Promise<TestPeer>;
  /** A peer that sends the manifest and the first bytes of each range, and then holds still. */
  serveUpTo(device: TestDevice, content: TestContent, bytes: number): Promise<HostilePeer>;
  /** Ends it with the rest. */
  closing(close: () => Promise<unknown>): void;
  /** Ends what was started and removes the folders. */
  close(): Promise<void>;
}

export async function createDownloadFixture(receiver: TestDevice): Promise<DownloadFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-download-'));
  const served = await mkdtemp(join(tmpdir(), 'enxame-served-'));
  const closers: (() => Promise<unknown>)[] = [];
  const parts = createPartContents(() => undefined);

  function recordFor(content: TestContent, change: Partial<DownloadRecord> = {}): DownloadRecord {
    return {
      id: '12345678-transfer' as TransferId,
      contentId: content.contentId,
      entryId: null,
      door: 'catalogue',
      name: 'a file.bin',
      size: content.bytes.length,
      collection: null,
      folder,
      personName: 'Ana',
      startedAt: 0,
      intent: 'run',
      priority: 'normal',
      order: 0,
      limitBytesPerSecond: null,
      givers: [],
      bytesMoved: 0,
      bytesDone: 0,
      finishedAt: null,
      path: null,
      sha256: null,
      error: null,
      ...change,
    };
  }

  return {
    folder,
    recordFor,
    start: (content, tracker, options = {}) => {
      const told = createCondition();
      const states: TransferState[] = [];
      const abort = new AbortController();
      let received = 0;
      const download = createDownload(recordFor(content, options.record), {
        link: tracker.link,
        trackerId: () => 'a'.repeat(52) as TrackerId,
        checkKey: () => Promise.resolve(true),
        paths: { connect: (source, { signal }) => dialSource(source, receiver.tls, signal) },
        parts,
        manifests: createManifestCache(join(served, 'manifests')),
        slots: createSlots(2),
        dials: createSlots(16),
        budget: createBufferBudget(),
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
        onPlaced: () => Promise.resolve(),
        timers: systemTimers,
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
    },
    serve: async (device, content, options = {}) => {
      const peer = await startTestPeer(device, content, join(served, device.deviceId), options);
      closers.push(() => peer.close());
      return peer;
    },
    serveUpTo: async (device, content, bytes) => {
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
        socket.write(content.bytes.subarray(from, Math.min(to, from + bytes)));
      });
      closers.push(() => peer.close());
      return peer;
    },
    closing: (close) => void closers.push(close),
    close: async () => {
      for (const close of closers.splice(0).reverse()) await close();
      await rm(folder, { recursive: true, force: true });
      await rm(served, { recursive: true });
    },
  };
}

/** The ranges that were asked of a peer, as `first-last`. */
export const rangesOf = (requests: readonly string[]): string[] =>
  requests.flatMap((request) => /range: bytes=(\S+)/.exec(request)?.[1] ?? []);
