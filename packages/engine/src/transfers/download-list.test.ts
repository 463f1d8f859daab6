import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Transfer, TransferState } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TransferId } from '@enxame/shared/ids';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isSameFile } from '../content/is-same-file.js';
import { createFakeSourceTracker, type FakeSourceTracker } from '../testing/fake-source-tracker.js';
import { createListDeps } from '../testing/list-deps.js';
import { createTestContent, type TestContent } from '../testing/test-content.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';
import { startTestPeer, type TestPeer } from '../testing/test-peer.js';
import { createCondition, type Condition } from '../testing/until.js';
import { openDownloadList, type DownloadList } from './download-list.js';
import type { DownloadListDeps, ReceivedContent } from './download-list-deps.js';

const content = createTestContent(600_000);
let ana: TestDevice;
let rui: TestDevice;
let folder: string;
let dataFolder: string;
let peer: TestPeer;
let tracker: FakeSourceTracker;
let told: Condition;
let received: ReceivedContent[];
let removed: TransferId[];
let ended: string[];
let downloads: DownloadList;

async function openList(change: Partial<DownloadListDeps> = {}): Promise<DownloadList> {
  const hooks: Partial<DownloadListDeps> = {
    onChange: () => { told.changed(); }, // prettier-ignore
    onRemove: (id) => void removed.push(id),
    onEnded: (record, result) =>
      void ended.push(`${result} ${String(record.bytesMoved)} ${String(record.sha256 !== null)}`),
    onReceived: (each) => Promise.resolve(void received.push(each)),
    isStillThere: (contentId, path) => {
      const held = received.find((each) => each.contentId === contentId && each.path === path);
      return held ? isSameFile(path, held) : Promise.resolve(false);
    },
  };
  return openDownloadList(createListDeps({ dataFolder, receiver: rui, tracker }, { ...hooks, ...change }));
}

beforeAll(async () => {
  [ana, rui] = await Promise.all([createTestDevice('Ana'), createTestDevice('Rui')]);
});
beforeEach(async () => {
  [folder, dataFolder] = await Promise.all(['enxame-list-', 'enxame-data-'].map((name) => mkdtemp(join(tmpdir(), name)))) as [string, string]; // prettier-ignore
  peer = await startTestPeer(ana, content, join(dataFolder, 'served'));
  tracker = createFakeSourceTracker(content.contentId, ana.source(peer.port));
  told = createCondition();
  [received, removed, ended] = [[], [], []];
  downloads = await openList();
});
afterEach(async () => {
  await downloads.close();
  await peer.close();
  await Promise.all([folder, dataFolder].map((each) => rm(each, { recursive: true })));
});

const wanted = (of: TestContent = content, name = 'a file.bin') =>
  ({
    contentId: of.contentId,
    entryId: null,
    collection: null,
    name,
    size: of.bytes.length,
    personName: 'Ana',
    folder,
  }) as const;
const reaches = (id: TransferId, ...states: TransferState[]): Promise<void> =>
  told.until(() => states.includes(downloads.view(id)?.state ?? 'waiting'));
const hasSum = (id: TransferId): Promise<void> => told.until(() => (downloads.view(id)?.sha256 ?? null) !== null);
const view = (id: TransferId): Transfer => downloads.view(id) ?? expect.fail('not in the list');

describe('the list of downloads', () => {
  it('C6: says verified when the file is in place, remembered and shared on; its SHA-256 follows', async () => {
    const { id } = await downloads.start(wanted());
    await hasSum(id);
    const path = join(folder, 'a file.bin');
    const sha256 = createHash('sha256').update(content.bytes).digest('hex');
    const all = { state: 'verified', bytesDone: 600_000, pieceCount: 3, piecesVerified: 3, path, sha256, error: null };
    expect(view(id)).toMatchObject(all);
    expect(received).toMatchObject([{ contentId: content.contentId, path, size: 600_000, givers: [ana.deviceId] }]);
    expect(ended).toEqual(['verified 600000 false', 'verified 600000 true']);
    expect((await readFile(path)).equals(content.bytes)).toBe(true);
    expect(await readdir(join(dataFolder, 'downloads'))).toEqual([]);
  });

  it('does not say verified of what could not be remembered, and finds it in place on the next try', async () => {
    await downloads.close();
    let isFull = true;
    downloads = await openList({
      onReceived: (each) =>
        isFull ? Promise.reject(new EnxameError('disk-full')) : Promise.resolve(void received.push(each)),
    });
    const { id } = await downloads.start(wanted());
    await reaches(id, 'failed', 'verified');
    expect(view(id)).toMatchObject({ state: 'failed', error: { code: 'disk-full' } });
    isFull = false;
    const sent = peer.sends.list()[0]?.bytesSent;
    await downloads.resume(id);
    await reaches(id, 'verified');
    expect(peer.sends.list()[0]?.bytesSent).toBe(sent);
    expect(await readdir(folder)).toEqual(['a file.bin']);
  });

  it('T110: tells how the bytes of a content came, once it is verified and in place', async () => {
    await downloads.close();
    const told: { contentId: string; direct: number; others: number }[] = [];
    downloads = await openList({
      onVerified: (contentId, { direct, relayed, hosted }) =>
        told.push({ contentId, direct, others: relayed + hosted }),
    });
    const { id } = await downloads.start(wanted());
    await hasSum(id);
    expect(told).toMatchObject([{ contentId: content.contentId, others: 0 }]);
    const manifestBytes = (told[0]?.direct ?? 0) - 600_000;
    expect(manifestBytes > 0 && manifestBytes < 1000).toBe(true);
  });

  it('takes two starts of one content for one, at the same time and later', async () => {
    const [first, second] = await Promise.all([downloads.start(wanted()), downloads.start(wanted())]);
    expect(second.id).toBe(first.id);
    await reaches(first.id, 'verified');
    expect((await downloads.start(wanted())).id).toBe(first.id);
    expect(downloads.list()).toHaveLength(1);
  });

  it('fetches again what was deleted or changed since, once', async () => {
    const { id } = await downloads.start(wanted());
    await reaches(id, 'verified');
    await writeFile(join(folder, 'a file.bin'), Buffer.alloc(600_000));
    const again = await downloads.start(wanted());
    expect(again.id).not.toBe(id);
    expect((await downloads.start(wanted())).id).toBe(again.id);
    await reaches(again.id, 'verified');
    expect(view(again.id).path).toBe(join(folder, 'a file (2).bin'));
    await unlink(join(folder, 'a file (2).bin'));
    expect([id, again.id]).not.toContain((await downloads.start(wanted())).id);
  });

  it('pauses, keeps what it has, and resumes; the last word counts', async () => {
    tracker.setSources();
    const { id } = await downloads.start(wanted());
    await downloads.pause(id);
    expect(view(id)).toMatchObject({ state: 'paused', error: null });
    const words = [downloads.resume(id), downloads.pause(id), downloads.resume(id), downloads.pause(id)];
    await Promise.all(words);
    expect(view(id).state).toBe('paused');
    tracker.setSources(ana.source(peer.port));
    await Promise.all([downloads.pause(id), downloads.resume(id)]);
    await reaches(id, 'verified');
  });

  it('removes: nothing is left of an unfinished one, and a finished file stays', async () => {
    const slow = await startTestPeer(ana, content, join(dataFolder, 'slow'), {
      checkTicket: () => Promise.reject(new EnxameError('ticket-invalid')),
    });
    tracker.setSources(ana.source(slow.port));
    const { id } = await downloads.start(wanted());
    await Promise.all([downloads.remove(id), expect(downloads.resume(id)).rejects.toThrow('transfer-not-found')]);
    expect([downloads.list(), removed]).toEqual([[], [id]]);
    expect(await readdir(folder)).toEqual([]);
    await slow.close();

    tracker.setSources(ana.source(peer.port));
    const second = await downloads.start(wanted());
    await hasSum(second.id);
    await downloads.remove(second.id);
    expect(await readdir(folder)).toEqual(['a file.bin']);
    await expect(downloads.remove(second.id)).rejects.toThrow('transfer-not-found');
  });

  it('goes on with what was under way when the engine stopped, and only that', async () => {
    tracker.setSources();
    const [running, paused] = [
      await downloads.start(wanted()),
      await downloads.start({ ...wanted(), folder: join(folder, 'b') }),
    ];
    await downloads.pause(paused.id);
    await downloads.close();
    await downloads.close();
    await expect(downloads.start(wanted())).rejects.toThrow('engine-stopped');

    downloads = await openList();
    expect(downloads.list().map(({ state }) => state)).toEqual(['waiting', 'paused']);
    downloads.resumeAll();
    tracker.setSources(ana.source(peer.port));
    await reaches(running.id, 'verified');
    expect(view(paused.id).state).toBe('paused');
  });

  it('computes a SHA-256 that was cut off by the end of the engine', async () => {
    await downloads.close();
    downloads = await openList({
      sha256: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => { reject(new EnxameError('cancelled')); }); // prettier-ignore
        }),
    });
    const { id } = await downloads.start(wanted());
    await reaches(id, 'verified');
    await downloads.close();
    downloads = await openList();
    downloads.resumeAll();
    await hasSum(id);
  });

  it('two contents of one name both have a place', async () => {
    const other = createTestContent(300_000, 7);
    const second = await startTestPeer(rui, other, join(dataFolder, 'other'));
    const both = createFakeSourceTracker(content.contentId, ana.source(peer.port), rui.source(second.port));
    await downloads.close();
    downloads = await openList({ link: both.link });
    const ids = await Promise.all([downloads.start(wanted()), downloads.start(wanted(other))]);
    for (const { id } of ids) await reaches(id, 'verified');
    const names = (await readdir(folder)).sort();
    expect(names).toEqual(['a file (2).bin', 'a file.bin']);
    await second.close();
  });
});
