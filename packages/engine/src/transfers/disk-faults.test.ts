import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transfer } from '@enxame/shared/engine/transfer';
import type { TransferId } from '@enxame/shared/ids';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemTimers, type Timers } from '../library/timers.js';
import type { PeerConnection } from '../peer/peer-connection.js';
import { asNobody } from '../testing/as-nobody.js';
import { dialSource } from '../testing/dial-source.js';
import { createFakeSourceTracker, type FakeSourceTracker } from '../testing/fake-source-tracker.js';
import { createListDeps } from '../testing/list-deps.js';
import { createTestContent } from '../testing/test-content.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';
import { startTestPeer, type TestPeer } from '../testing/test-peer.js';
import { createCondition, type Condition } from '../testing/until.js';
import { openDownloadList, type DownloadList } from './download-list.js';

// What a disk does to a download, and that the download goes on by itself when the disk is well again.

const content = createTestContent(3_000_000);
/** Time runs faster: a disk is looked at every 50 ms. */
const timers: Timers = { now: systemTimers.now, after: (ms, run) => systemTimers.after(ms / 100, run) };

let devices: TestDevice[];
let home: string;
let folder: string;
let peers: TestPeer[];
let tracker: FakeSourceTracker;
let told: Condition;
let downloads: DownloadList;
/** What happens to the disk when the first piece has come. */
let mishap: (() => Promise<void>) | undefined;

beforeAll(async () => {
  devices = await Promise.all(['Rui', 'Ana', 'Bia'].map((name) => createTestDevice(name)));
});
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'enxame-disk-'));
  folder = join(home, 'drive', 'downloads');
  await mkdir(folder, { recursive: true });
  const [receiver, ...senders] = devices as [TestDevice, ...TestDevice[]];
  peers = await Promise.all(senders.map((sender) => startTestPeer(sender, content, join(home, sender.deviceId))));
  const sources = senders.map((sender, index) => sender.source(peers[index]?.port ?? 0));
  tracker = createFakeSourceTracker(content.contentId, ...sources);
  told = createCondition();
  mishap = undefined;
  const dataFolder = join(home, 'data');
  await mkdir(dataFolder);
  downloads = await openDownloadList(
    createListDeps(
      { dataFolder, receiver, tracker },
      {
        timers,
        onChange: () => { told.changed(); }, // prettier-ignore
        paths: { connect: async (source, { signal }) => withMishap(await dialSource(source, receiver.tls, signal)) },
      },
    ),
  );
});
afterEach(async () => {
  await downloads.close();
  for (const peer of peers) await peer.close();
  await rm(home, { recursive: true, force: true });
});

/** The mishap comes before the first request for pieces: the part file is open by then. */
function withMishap(connection: PeerConnection): PeerConnection {
  return {
    ...connection,
    get isClosed() {
      return connection.isClosed;
    },
    getRange: async (...request) => {
      const current = mishap;
      mishap = undefined;
      await current?.();
      return connection.getRange(...request);
    },
  };
}

const start = async (): Promise<TransferId> =>
  (
    await downloads.start({
      contentId: content.contentId,
      entryId: null,
      collection: null,
      name: 'a file.bin',
      size: content.bytes.length,
      personName: 'Ana',
      folder,
    })
  ).id;

async function reaches(id: TransferId, state: Transfer['state']): Promise<Transfer> {
  await told.until(() => downloads.view(id)?.state === state);
  return downloads.view(id) ?? expect.fail('not in the list');
}

async function isWhole(id: TransferId): Promise<void> {
  await reaches(id, 'verified');
  expect((await readFile(join(folder, 'a file.bin'))).equals(content.bytes)).toBe(true);
  expect((await readdir(folder)).filter((name) => name.startsWith('a file'))).toEqual(['a file.bin']);
}

describe('a download whose disk fails', () => {
  it('C20: a drive that was taken away is told, and the download goes on when it is back', async () => {
    const away = join(home, 'away');
    mishap = () => rename(join(home, 'drive'), away);
    const id = await start();
    expect((await reaches(id, 'failed')).error).toMatchObject({ code: 'folder-missing', params: { folder } });
    await rename(away, join(home, 'drive'));
    await isWhole(id);
  });

  it('C20: what the person pauses or removes meanwhile stays so', async () => {
    const away = join(home, 'away');
    mishap = () => rename(join(home, 'drive'), away);
    const id = await start();
    await reaches(id, 'failed');
    await downloads.remove(id);
    await rename(away, join(home, 'drive'));
    await new Promise((resolve) => setTimeout(resolve, 200)); // nothing is to happen: there is no event for it
    expect(downloads.list()).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('permissions', () => {
  it('C20: a folder that may no longer be written to is told, and the download goes on when it may', () =>
    asNobody(home, async () => {
      mishap = () => chmod(folder, 0o500);
      const id = await start();
      expect((await reaches(id, 'failed')).error).toMatchObject({ code: 'folder-not-writable', params: { folder } });
      await chmod(folder, 0o700);
      await isWhole(id);
    }));

  it('C20: one that may no longer be entered is told, and the download goes on when it may', () =>
    asNobody(home, async () => {
      mishap = () => chmod(folder, 0o000);
      const id = await start();
      expect((await reaches(id, 'failed')).error).toMatchObject({ code: 'folder-not-writable', params: { folder } });
      await chmod(folder, 0o700);
      await isWhole(id);
    }));
});

const isRoot = process.getuid?.() === 0;
const canMount = process.platform === 'linux' && isRoot;

describe.skipIf(!canMount)(
  `a disk of its own${canMount ? '' : ' (skipped: needs Linux and root, to mount one)'}`,
  () => {
    const mount = (...args: string[]): void => void execFileSync('mount', args);
    const unmount = (): void => void execFileSync('umount', ['-l', folder]);

    beforeEach(() => {
      mount('-t', 'tmpfs', '-o', 'size=8m', 'enxame-test', folder);
    });
    afterEach(() => {
      unmount();
    });

    it('C20: full in the middle of a swarm: told once for all sources; with room again it goes on', async () => {
      const filler = join(folder, 'filler');
      // As much as goes in: the part file has no room left.
      mishap = () => writeFile(filler, Buffer.alloc(9_000_000)).catch(() => undefined);
      const id = await start();
      expect((await reaches(id, 'failed')).error).toMatchObject({ code: 'disk-full', params: { folder } });
      await rm(filler);
      await isWhole(id);
    });

    it('C20: read-only: told before the first byte; writable again it goes on', async () => {
      mount('-o', 'remount,ro', folder);
      const id = await start();
      expect((await reaches(id, 'failed')).error).toMatchObject({ code: 'folder-not-writable', params: { folder } });
      expect(peers.flatMap(({ sends }) => sends.list())).toEqual([]);
      mount('-o', 'remount,rw', folder);
      await isWhole(id);
    });

    it('C20: unmounted in the middle: what is written nowhere is not said to be there; it goes on where the folder is', async () => {
      mishap = () => {
        unmount();
        return Promise.resolve();
      };
      const id = await start();
      expect((await reaches(id, 'failed')).error).toMatchObject({ code: 'file-vanished' });
      mount('-t', 'tmpfs', '-o', 'size=8m', 'enxame-test', folder);
      await isWhole(id);
    });
  },
);
