import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { startKilledEngine, startKilledTracker, type KilledEngine } from './killed-programs.js';
import { createRandom } from './swarm-sim.js';

const fileBytes = 96 * 1024 * 1024 + 1234;
/** So slow that a kill hits it in the middle. */
const sendBytesPerSecond = 24 * 1024 * 1024;
const patienceMs = 60_000;

export interface KillWorld {
  /**
   * One download, during which each program is killed at random moments and started again. Tells what should not have
   * happened, and how often something was killed.
   */
  download(seed: number): Promise<{ readonly faults: readonly string[]; readonly kills: number }>;
  close(): Promise<void>;
}

/** A tracker, two senders of one file and a receiver, each in its own process. */
export async function openKillWorld(): Promise<KillWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-kill-'));
  const bytes = randomBytes(fileBytes);
  const sum = createHash('sha256').update(bytes).digest('hex');
  const received = join(folder, 'received');
  let tracker = await startKilledTracker(join(folder, 'tracker'), 0);
  const port = Number(new URL(tracker.url).port);
  const names = ['Ana', 'Bia', 'Rui'] as const;
  const engines = new Map<string, KilledEngine>();
  const start = async (name: string): Promise<KilledEngine> => {
    const engine = await startKilledEngine(join(folder, name), received);
    engines.set(name, engine);
    return engine;
  };
  let contentId = '';
  for (const name of names) {
    const { client } = await start(name);
    await client.call('tracker:use', { url: tracker.url });
    await client.call('user:register', { name });
    if (name === 'Rui') continue;
    await mkdir(join(folder, `${name} shares`));
    const path = join(folder, `${name} shares`, 'a file.bin');
    await writeFile(path, bytes);
    const { shares } = await client.call('share:add', { paths: [path] });
    contentId = shares[0]?.contentId ?? '';
    await client.call('limits:set', { always: { send: sendBytesPerSecond, receive: null } });
  }

  const receiver = (): KilledEngine => engines.get('Rui') ?? fail('no receiver');

  async function transferOf(): Promise<Transfer | undefined> {
    const { transfers } = await receiver().client.call('transfers:list', {});
    return transfers.find(({ direction }) => direction === 'receive');
  }

  /** Looked at, not waited for: the process that would tell is the one that is killed. */
  async function until(
    holds: (transfer: Transfer | undefined) => boolean,
    what: string,
  ): Promise<Transfer | undefined> {
    const end = Date.now() + patienceMs;
    for (;;) {
      const transfer = await transferOf();
      if (holds(transfer)) return transfer;
      if (Date.now() > end) fail(`waited in vain: ${what}; ${JSON.stringify(transfer)}`);
      await pass(25);
    }
  }

  async function startDownload(): Promise<void> {
    const end = Date.now() + patienceMs;
    for (;;) {
      try {
        await receiver().client.call('download:start', { id: contentId });
        return;
      } catch (error) {
        if (Date.now() > end) throw error; // the tracker, or who shares, is not back yet
        await pass(50);
      }
    }
  }

  async function killOne(who: number, faults: string[]): Promise<void> {
    const name = names[who];
    if (name === undefined) {
      await tracker.kill();
      tracker = await startKilledTracker(join(folder, 'tracker'), port);
      return;
    }
    const before = name === 'Rui' ? await transferOf() : undefined;
    await engines.get(name)?.kill();
    await start(name);
    if (before?.state !== 'moving' && before?.state !== 'waiting') return;
    const after = await until((transfer) => transfer?.state === 'moving' || transfer?.state === 'verified', 'the rest');
    // What was told to be verified was written: the system still has it, and nothing of it is fetched again.
    if (after && after.bytesDone < before.bytesDone)
      faults.push(`${String(before.bytesDone)} bytes were verified, ${String(after.bytesDone)} after the kill`);
  }

  return {
    download: async (seed) => {
      const random = createRandom(seed);
      const faults: string[] = [];
      const kills = 1 + Math.floor(random() * 3);
      await startDownload();
      for (let kill = 0; kill < kills; kill++) {
        await pass(random() * 1500);
        await killOne(Math.floor(random() * 4), faults);
      }
      const done = await until((transfer) => transfer?.state === 'verified' || transfer?.state === 'failed', 'the end');
      if (done?.state !== 'verified') faults.push(`it ended: ${JSON.stringify(done?.error)}`);
      const files = await readdir(received);
      if (files.join() !== 'a file.bin') faults.push(`there is: ${files.join()}`);
      const found = createHash('sha256')
        .update(await readFile(join(received, 'a file.bin')))
        .digest('hex');
      if (found !== sum) faults.push('the file has other bytes');
      if (done) await receiver().client.call('transfer:remove', { id: done.id });
      await rm(join(received, 'a file.bin'));
      return { faults, kills };
    },
    close: async () => {
      for (const engine of engines.values()) await engine.kill();
      await tracker.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function fail(what: string): never {
  throw new Error(what);
}
