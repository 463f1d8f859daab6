import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { pino } from 'pino';
import { createEngine, type Engine } from '../engine.js';

const trackerProgram = fileURLToPath(new URL('../../../../apps/tracker/dist/main.js', import.meta.url));
const hashWorkerUrl = new URL('../../dist/hashing/hash-worker.js', import.meta.url);
const folderWorkerUrl = new URL('../../dist/collections/folder-worker.js', import.meta.url);

/** A real tracker process, and engines of people in this one, each with a data folder of its own. */
export interface NetworkBench {
  readonly folder: string;
  /** A new person, registered. */
  join(name: string): Promise<BenchPerson>;
  /** The person's engine once more, after it was closed. */
  open(name: string): Promise<BenchPerson>;
  close(): Promise<void>;
}

export interface BenchPerson {
  readonly client: EngineClient;
  readonly downloads: string;
  close(): Promise<void>;
}

export async function openNetworkBench(): Promise<NetworkBench> {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-network-'));
  const tracker = await startTracker(join(folder, 'tracker'));
  const engines = new Set<Engine>();

  async function open(name: string): Promise<BenchPerson> {
    const downloads = join(folder, name, 'downloads');
    const engine = await createEngine({
      dataFolder: join(folder, name, 'data'),
      downloadsFolder: downloads,
      version: '0',
      logger: pino({ level: 'silent' }),
      hashWorkerUrl,
      folderWorkerUrl,
    });
    engines.add(engine);
    const [near, far] = createMemoryCarrierPair();
    engine.accept(far);
    return {
      client: createEngineClient(near),
      downloads,
      close: async () => {
        engines.delete(engine);
        await engine.close();
      },
    };
  }

  return {
    folder,
    open,
    join: async (name) => {
      const person = await open(name);
      await person.client.call('tracker:use', { url: tracker.url });
      await person.client.call('user:register', { name });
      return person;
    },
    close: async () => {
      for (const engine of engines) await engine.close();
      const exited = once(tracker.process, 'exit');
      tracker.process.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

async function startTracker(data: string): Promise<{ readonly url: string; readonly process: ChildProcess }> {
  const args = ['--host', '127.0.0.1', '--port', '0', '--data', data, '--json'];
  const started = spawn(process.execPath, [trackerProgram, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(started.stdout), 'line')) as [string];
  const { ready, url } = JSON.parse(line) as { ready?: boolean; url: string };
  if (!ready) throw new Error(line);
  return { url, process: started };
}

/** Writes a file and shares it; resolves with its contentId. */
export async function shareFile(
  bench: NetworkBench,
  { client }: BenchPerson,
  name: string,
  bytes: Buffer,
): Promise<{ readonly path: string; readonly contentId: string }> {
  await mkdir(join(bench.folder, 'shared'), { recursive: true });
  const path = join(bench.folder, 'shared', name);
  await writeFile(path, bytes);
  const { shares } = await client.call('share:add', { paths: [path] });
  const contentId = shares[0]?.contentId;
  if (!contentId) throw new Error('not shared');
  return { path, contentId };
}

/** The row of a name, as soon as it has a source. */
export function untilListed({ client }: BenchPerson, name: string): Promise<EngineCatalogueRow> {
  return new Promise((resolve, reject) => {
    const look = ({ rows }: { rows: readonly EngineCatalogueRow[] }): void => {
      const row = rows.find((each) => each.name === name && each.sources > 0);
      if (row) resolve(row);
    };
    client.on('catalogue:changed', ({ diff }) => {
      look({ rows: diff.upserted });
    });
    client
      .call('catalogue:watch', { watchId: 1, query: { text: name }, window: { offset: 0, limit: 10 } })
      .then(look, reject);
  });
}

/** A transfer as soon as it fits. */
export function untilTransfer({ client }: BenchPerson, fits: (transfer: Transfer) => boolean): Promise<Transfer> {
  return new Promise((resolve, reject) => {
    const look = (transfers: readonly Transfer[]): void => {
      const found = transfers.find(fits);
      if (found) resolve(found);
    };
    client.on('transfers:changed', ({ upserted }) => {
      look(upserted);
    });
    client.call('transfers:list', {}).then(({ transfers }) => {
      look(transfers);
    }, reject);
  });
}
