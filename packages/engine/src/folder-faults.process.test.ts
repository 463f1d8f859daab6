import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  appears,
  contentsOf,
  limitSending,
  packFiles,
  share,
  startFolderNetwork,
  transfer,
  verified,
  type FolderNetwork,
  type Person,
} from './testing/folder-network.js';

const enxame = fileURLToPath(new URL('../../../apps/cli/bin/enxame.mjs', import.meta.url));
let network: FolderNetwork;
let running: ChildProcess[];

beforeEach(async () => {
  running = [];
  network = await startFolderNetwork();
});
afterEach(async () => {
  for (const child of running) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await network.close();
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [enxame, ...args, '--json', '--data', join(network.folder, 'Rui', 'data')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  running.push(child);
  return child;
}

async function serve(): Promise<ChildProcess> {
  const downloads = join(network.folder, 'Rui', 'downloads');
  await mkdir(downloads, { recursive: true });
  const child = start('serve', '--port', '0', '--downloads', downloads, '--tracker', network.trackerUrl);
  await once(createInterface({ input: child.stdout }), 'line');
  return child;
}

/** What somebody sends, as soon as it fits. */
function sends({ client }: Person, fits: (transfer: Transfer) => boolean): Promise<Transfer> {
  return new Promise((resolve) => {
    const stop = client.on('transfers:changed', ({ upserted }) => {
      const found = upserted.find((each) => each.direction === 'send' && fits(each));
      if (!found) return;
      stop();
      resolve(found);
    });
  });
}

async function kill(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

describe('a receiver that is killed', () => {
  it(
    'C7: goes on by itself, again and again, and ends with the folder, whole, and nothing else',
    { timeout: 180_000 },
    async () => {
      const ana = await network.join('Ana');
      const files = { ...packFiles(1200), 'large.bin': randomBytes(2_000_000), 'deep/empty/': '' };
      const root = await network.makeFolder('Fotos', files);
      await share(ana, root);
      let rui = await serve();
      await once(start('register', 'Rui'), 'exit');
      const row = await appears(ana, ({ name }) => name === 'Fotos');
      await limitSending(ana, 1_000_000);
      start('get', row.id, '--yes');
      for (const bytes of [1_500_000, 3_000_000, 4_500_000]) {
        await sends(ana, ({ bytesDone }) => bytesDone >= bytes);
        await kill(rui);
        rui = await serve();
      }
      const received = sends(ana, ({ state }) => state === 'received');
      await limitSending(ana, null);
      await received;
      const downloads = join(network.folder, 'Rui', 'downloads');
      expect(await readdir(downloads)).toEqual(['Fotos']);
      expect(await contentsOf(join(downloads, 'Fotos'))).toEqual(await contentsOf(root));
    },
  );
});

/** Needs a disk of its own, which only root can mount. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

describe.skipIf(!canMount)(
  `a disk that is full${canMount ? '' : ' (skipped: needs Linux and root, to mount one)'}`,
  () => {
    let disk: string;

    beforeEach(async () => {
      disk = join(network.folder, 'Rui', 'downloads');
      await mkdir(disk, { recursive: true });
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', disk]);
    });
    afterEach(() => {
      execFileSync('umount', ['-l', disk]);
    });

    it('C19: is told before it begins, with figures, and nothing is left of it', async () => {
      const [ana, rui] = [await network.join('Ana'), await network.join('Rui')];
      await share(ana, await network.makeFolder('Fotos', { 'a.bin': randomBytes(9_000_000) }));
      const row = await appears(rui, ({ name }) => name === 'Fotos');
      expect(await rui.client.call('download:check', { id: row.id })).toMatchObject({ fits: false });
      await expect(rui.client.call('download:start', { id: row.id })).rejects.toMatchObject({
        code: 'disk-full',
        params: { folder: disk, needed: 9_000_000 + 4 * 1024 * 1024, free: 12 * 1024 * 1024 },
      });
      expect(await readdir(disk)).toEqual([]);
      expect((await rui.client.call('transfers:list', {})).transfers).toEqual([]);
    });

    it('C15: in the middle of it ends the download, which goes on when there is room again', async () => {
      const [ana, rui] = [await network.join('Ana'), await network.join('Rui')];
      const root = await network.makeFolder('Fotos', packFiles(900));
      await share(ana, root);
      const row = await appears(rui, ({ name }) => name === 'Fotos');
      await limitSending(ana, 400_000);
      const { id } = await rui.client.call('download:start', { id: row.id });
      await transfer(rui, id, ({ folder }) => (folder?.filesDone ?? 0) > 0);
      const filler = join(disk, 'filler');
      await writeFile(filler, Buffer.alloc(12_000_000)).catch(() => undefined); // as much as there is room for
      await limitSending(ana, null);
      const failed = await transfer(rui, id, ({ state }) => state === 'failed');
      expect(failed.error).toMatchObject({ code: 'disk-full' });
      await rm(filler);
      await rui.client.call('transfer:resume', { id });
      const { path } = await transfer(rui, id, verified);
      expect(await contentsOf(path ?? '')).toEqual(await contentsOf(root));
    });
  },
);
