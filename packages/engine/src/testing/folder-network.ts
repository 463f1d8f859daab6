import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import type { EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import type { HistoryRecord } from '@enxame/shared/engine/history';
import type { Share } from '@enxame/shared/engine/share';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { pino } from 'pino';
import { createEngine, type Engine } from '../engine.js';

const trackerProgram = fileURLToPath(new URL('../../../../apps/tracker/dist/main.js', import.meta.url));
const hashWorkerUrl = new URL('../../dist/hashing/hash-worker.js', import.meta.url);
const folderWorkerUrl = new URL('../../dist/collections/folder-worker.js', import.meta.url);

export interface Person {
  readonly engine: Engine;
  readonly client: EngineClient;
  readonly downloads: string;
}

/** A real tracker as a process, and real engines in this one, that share folders. */
export interface FolderNetwork {
  readonly folder: string;
  readonly trackerUrl: string;
  open(name: string): Promise<Person>;
  /** Opens, and registers the name. */
  join(name: string): Promise<Person>;
  closeOne(person: Person): Promise<void>;
  /** Files by their paths; one that ends in a slash is an empty folder. Returns where it is. */
  makeFolder(name: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<string>;
  close(): Promise<void>;
}

export async function startFolderNetwork(): Promise<FolderNetwork> {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-folders-'));
  const engines: Engine[] = [];
  const args = ['--host', '127.0.0.1', '--port', '0', '--data', join(folder, 'tracker'), '--json'];
  const tracker: ChildProcess = spawn(process.execPath, [trackerProgram, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!tracker.stdout) throw new Error('no output of the tracker');
  const [line] = (await once(createInterface(tracker.stdout), 'line')) as [string];
  const { url: trackerUrl } = JSON.parse(line) as { url: string };

  async function open(name: string): Promise<Person> {
    const downloads = join(folder, name, 'downloads');
    const engine = await createEngine({
      dataFolder: join(folder, name, 'data'),
      downloadsFolder: downloads,
      version: '0',
      logger: pino({ level: 'error' }, pino.destination(2)),
      hashWorkerUrl,
      folderWorkerUrl,
    });
    engines.push(engine);
    const [near, far] = createMemoryCarrierPair();
    engine.accept(far);
    return { engine, client: createEngineClient(near), downloads };
  }

  return {
    folder,
    trackerUrl,
    open,
    join: async (name) => {
      const person = await open(name);
      await person.client.call('tracker:use', { url: trackerUrl });
      await person.client.call('user:register', { name });
      return person;
    },
    closeOne: async ({ engine }) => {
      engines.splice(engines.indexOf(engine), 1);
      await engine.close();
    },
    makeFolder: async (name, files) => {
      const root = join(folder, 'shared', name);
      await mkdir(root, { recursive: true });
      for (const [path, bytes] of Object.entries(files)) {
        if (path.endsWith('/')) await mkdir(join(root, path), { recursive: true });
        else {
          await mkdir(dirname(join(root, path)), { recursive: true });
          await writeFile(join(root, path), bytes);
        }
      }
      return root;
    },
    close: async () => {
      for (const engine of engines.splice(0)) await engine.close();
      const exited = once(tracker, 'exit');
      tracker.kill('SIGTERM');
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

export async function share({ client }: Person, path: string): Promise<Share> {
  const { shares } = await client.call('share:add', { paths: [path] });
  return shares[0] ?? fail('not shared');
}

export async function appears(
  { client }: Pick<Person, 'client'>,
  fits: (row: EngineCatalogueRow) => boolean,
): Promise<EngineCatalogueRow> {
  return new Promise((resolve, reject) => {
    const look = ({ rows }: { rows: readonly EngineCatalogueRow[] }): void => {
      const row = rows.find((each) => each.sources > 0 && fits(each));
      if (row) resolve(row);
    };
    client.on('catalogue:changed', ({ diff }) => {
      look({ rows: diff.upserted });
    });
    client
      .call('catalogue:watch', { watchId: 1, query: { text: '' }, window: { offset: 0, limit: 10 } })
      .then(look, reject);
  });
}

export const transfer = (
  person: Pick<Person, 'client'>,
  id: string,
  fits: (transfer: Transfer) => boolean,
): Promise<Transfer> => untilTransfer(person, (each) => each.id === id, fits);

/** The one send of this person. */
export const sending = (person: Person, fits: (transfer: Transfer) => boolean): Promise<Transfer> =>
  untilTransfer(person, ({ direction }) => direction === 'send', fits);

/** The history as soon as it fits. */
export function remembered(
  { client }: Person,
  fits: (records: readonly HistoryRecord[]) => boolean,
): Promise<readonly HistoryRecord[]> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      client.call('history:list', {}).then(({ records }) => {
        if (fits(records)) resolve(records);
      }, reject);
    };
    client.on('history:changed', look);
    look();
  });
}

function untilTransfer(
  { client }: Pick<Person, 'client'>,
  isIt: (transfer: Transfer) => boolean,
  fits: (transfer: Transfer) => boolean,
): Promise<Transfer> {
  return new Promise((resolve, reject) => {
    const look = (transfers: readonly Transfer[]): void => {
      const found = transfers.find(isIt);
      if (found?.state === 'failed' && !fits(found)) reject(new Error(JSON.stringify(found.error)));
      if (found && fits(found)) resolve(found);
    };
    client.on('transfers:changed', ({ upserted }) => {
      look(upserted);
    });
    client.call('transfers:list', {}).then(({ transfers }) => {
      look(transfers);
    }, reject);
  });
}

export const verified = ({ state }: Transfer): boolean => state === 'verified';

/** Every path below, with what is in it: the hash of a file, "folder" of a folder. */
export async function contentsOf(root: string, below = ''): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) Object.assign(found, { [path]: 'folder' }, await contentsOf(root, path));
    else if (entry.isFile())
      found[path] = createHash('sha256')
        .update(await readFile(join(root, path)))
        .digest('hex');
    else found[path] = 'other';
  }
  return found;
}

/** Files that fill packs of 256. */
export const packFiles = (count: number): Record<string, Uint8Array> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`f${String(index).padStart(4, '0')}`, randomBytes(4096)]),
  );

export async function limitSending({ client }: Person, bytesPerSecond: number | null): Promise<void> {
  await client.call('limits:set', { always: { send: bytesPerSecond, receive: null } });
}

function fail(why: string): never {
  throw new Error(why);
}
