import { mkdir, mkdtemp, open, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TransferId } from '@enxame/shared/ids';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemTimers, type Timers } from '../library/timers.js';
import { createFakeSourceTracker, type FakeSourceTracker } from '../testing/fake-source-tracker.js';
import { createListDeps } from '../testing/list-deps.js';
import { createTestContent } from '../testing/test-content.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';
import { startTestPeer, type TestPeer } from '../testing/test-peer.js';
import { createCondition, type Condition } from '../testing/until.js';
import { openDownloadList, type DownloadList } from './download-list.js';

// One disk has the downloads and what is remembered of them. It is full from some write on, whichever that is.

const content = createTestContent(1_400_000);
/** Time runs faster: a disk is looked at every 50 ms. */
const timers: Timers = { now: systemTimers.now, after: (ms, run) => systemTimers.after(ms / 100, run) };
const writes = ['write', 'writev', 'writeFile', 'appendFile', 'truncate', 'sync', 'datasync'] as const;

let receiver: TestDevice;
let senderFolder: string;
let peer: TestPeer;
let tracker: FakeSourceTracker;
let home: string;
let told: Condition;
let downloads: DownloadList;
const disk = { calls: 0, fullFrom: Infinity };

beforeAll(async () => {
  const [ana, rui] = await Promise.all([createTestDevice('Ana'), createTestDevice('Rui')]);
  receiver = rui;
  senderFolder = await mkdtemp(join(tmpdir(), 'enxame-full-'));
  peer = await startTestPeer(ana, content, join(senderFolder, 'a file.bin'));
  tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
  await failWhenFull(join(senderFolder, 'a file.bin'));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await peer.close();
  await rm(senderFolder, { recursive: true });
});
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'enxame-full-'));
  await mkdir(join(home, 'data'));
  await mkdir(join(home, 'downloads'));
  told = createCondition();
  downloads = await openList();
});
afterEach(async () => {
  disk.fullFrom = Infinity;
  await downloads.close();
  await rm(home, { recursive: true });
});

/** All that writes to a file does so through one of these. */
async function failWhenFull(anyFile: string): Promise<void> {
  const handle = await open(anyFile);
  const prototype = Object.getPrototypeOf(handle) as Record<(typeof writes)[number], (...args: unknown[]) => unknown>;
  await handle.close();
  for (const name of writes) {
    const real = prototype[name];
    vi.spyOn(prototype, name).mockImplementation(function (this: FileHandle, ...args: unknown[]) {
      if (++disk.calls < disk.fullFrom) return real.apply(this, args);
      return Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
    });
  }
}

const openList = (): Promise<DownloadList> =>
  openDownloadList(
    createListDeps(
      { dataFolder: join(home, 'data'), receiver, tracker },
      { timers, onChange: () => { told.changed(); } }, // prettier-ignore
    ),
  );

async function start(): Promise<TransferId> {
  const { id } = await downloads.start({
    contentId: content.contentId,
    entryId: null,
    collection: null,
    name: 'a file.bin',
    size: content.bytes.length,
    personName: 'Ana',
    folder: join(home, 'downloads'),
  });
  return id;
}

const stateOf = (id: TransferId): string | undefined => downloads.view(id)?.state;

/** Resolves with how many writes there were, once it is verified; `fullFrom`: the disk is full from that one on, until it is told. */
async function downloadOnDisk(fullFrom: number): Promise<number> {
  disk.calls = 0;
  disk.fullFrom = fullFrom;
  let id: TransferId;
  try {
    id = await start();
  } catch (error) {
    expect(error).toMatchObject({ code: 'disk-full' });
    expect(downloads.list()).toEqual([]);
    disk.fullFrom = Infinity;
    id = await start();
  }
  await told.until(() => stateOf(id) === 'failed' || stateOf(id) === 'verified');
  if (stateOf(id) === 'failed') {
    expect(downloads.view(id)?.error).toMatchObject({ code: 'disk-full' });
    disk.fullFrom = Infinity;
    await told.until(() => stateOf(id) === 'verified');
  }
  expect((await readFile(join(home, 'downloads', 'a file.bin'))).equals(content.bytes)).toBe(true);
  expect(await readdir(join(home, 'downloads'))).toEqual(['a file.bin']);
  const { calls } = disk;
  disk.fullFrom = Infinity;
  await downloads.close();
  downloads = await openList();
  expect(stateOf(id)).toBe('verified');
  return calls;
}

describe('C20: a disk that is full at any write', () => {
  it('is told, and the download goes on by itself, whole, and is remembered', async () => {
    const writesOfAll = await downloadOnDisk(Infinity);
    expect(writesOfAll).toBeGreaterThan(8);
    for (let at = 1; at <= writesOfAll; at++) {
      await downloads.close();
      await rm(home, { recursive: true });
      await mkdir(join(home, 'data'), { recursive: true });
      await mkdir(join(home, 'downloads'));
      downloads = await openList();
      await downloadOnDisk(at);
    }
  }, 60_000);
});
