import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';
import type { PathKind, Transfer, TransferSource } from '@enxame/shared/engine/transfer';
import { dialLocalSocket } from '../local-socket/local-dial.js';

const trackerProgram = fileURLToPath(new URL('../../../../apps/tracker/dist/main.js', import.meta.url));
const engineFolder = fileURLToPath(new URL('../..', import.meta.url));
/** One engine in a process of its own, reached over its local socket, which namespaces do not part. */
const engineProgram = `
  const { createEngine } = await import('./dist/engine.js');
  const { createNatPortMapper } = await import('./dist/port-mapping/nat-port-mapper.js');
  const { serveLocally } = await import('./dist/local-socket/serve-locally.js');
  const { pino } = await import('pino');
  const [dataFolder, downloadsFolder, mapsPort] = process.argv.slice(1);
  const logger = pino({ level: process.env.LOG_LEVEL ?? 'silent' }, pino.destination(2));
  const portMapper = mapsPort === 'maps' ? createNatPortMapper() : undefined;
  const engine = await createEngine({ dataFolder, downloadsFolder, version: '0', logger, portMapper });
  const served = await serveLocally(engine, dataFolder);
  process.once('SIGTERM', () => void served.close().then(() => engine.close()).then(() => process.exit()));
  console.log('{}');
`;

/** What came of fetching one file. */
export interface Fetched {
  readonly transfer: Transfer;
  /** By which ways bytes came, in their order. */
  readonly paths: readonly PathKind[];
  readonly sources: readonly TransferSource[];
}

/** The real programs, each in its part of a network. */
export interface NatPrograms {
  /** Ends with SIGTERM when the programs close. Resolves with its first line. */
  start(command: readonly string[], args: readonly string[]): Promise<string>;
  /** Resolves with where it is reached. `host` is as it stands in an address. */
  startTracker(command: readonly string[], host: string): Promise<string>;
  joinNetwork(command: readonly string[], name: string, tracker: string, maps?: 'maps'): Promise<EngineClient>;
  /**
   * One shares a file of random bytes, the other fetches it in a second or so. `inTheMiddle` is called when bytes have
   * come. Resolves when it is verified and the bytes are the same.
   */
  fetch(
    sharer: EngineClient,
    fetcher: EngineClient,
    bytes: number,
    inTheMiddle?: () => Promise<unknown>,
  ): Promise<Fetched>;
  close(): Promise<void>;
}

export async function openNatPrograms(): Promise<NatPrograms> {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-nat-'));
  const closers: (() => Promise<unknown>)[] = [];

  const programs: NatPrograms = {
    start: async (command, args) => {
      const [program = '', ...before] = command;
      const child = spawn(program, [...before, process.execPath, ...args], {
        cwd: engineFolder,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      closers.push(async () => {
        if (child.exitCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      });
      return new Promise<string>((resolve, reject) => {
        createInterface({ input: child.stdout }).once('line', resolve);
        child.once('exit', () => {
          reject(new Error(`ended before it was ready: ${args.join(' ').slice(-200)}`));
        });
      });
    },

    startTracker: async (command, host) => {
      const everywhere = host.includes(':') ? '::' : '0.0.0.0';
      const args = ['--json', '--host', everywhere, '--port', '7667', '--data', join(folder, 'tracker')];
      await programs.start(command, [trackerProgram, ...args]);
      return `${host}:7667`;
    },

    joinNetwork: async (command, name, tracker, maps) => {
      const [data, downloads] = [join(folder, name, 'data'), join(folder, name, 'downloads')];
      await mkdir(downloads, { recursive: true });
      const own = [data, downloads, ...(maps ? [maps] : [])];
      await programs.start(command, ['--input-type=module', '-e', engineProgram, ...own]);
      const carrier = await dialLocalSocket(data);
      if (!carrier) throw new Error('the engine does not listen');
      const client = createEngineClient(carrier);
      closers.push(() => {
        client.close();
        return Promise.resolve();
      });
      await client.call('tracker:use', { url: tracker });
      await client.call('user:register', { name });
      return client;
    },

    fetch: async (sharer, fetcher, bytes, inTheMiddle) => {
      const content = randomBytes(bytes);
      const path = join(folder, 'a file.bin');
      await writeFile(path, content);
      const listed = new Promise<void>((resolve) => {
        fetcher.on('catalogue:changed', () => {
          resolve();
        });
      });
      await fetcher.call('catalogue:watch', { watchId: 1, query: {}, window: { offset: 0, limit: 10 } });
      const { shares } = await sharer.call('share:add', { paths: [path] });
      const contentId = shares[0]?.contentId;
      if (!contentId) throw new Error('nothing was shared');
      await listed;

      const sources: TransferSource[] = [];
      let middle: Promise<unknown> | undefined;
      const done = new Promise<Transfer>((resolve, reject) => {
        fetcher.on('transfers:changed', ({ upserted }) => {
          for (const transfer of upserted) {
            sources.push(...transfer.sources);
            if (transfer.bytesDone > 0) middle ??= inTheMiddle?.();
            if (transfer.state === 'failed') reject(new Error(transfer.error?.code));
            if (transfer.state === 'verified') resolve(transfer);
          }
        });
      });
      // Changes are told four times a second: as slow as this, more than one is told whatever the machine can do.
      const receive = inTheMiddle ? Math.round(bytes / 5) : bytes;
      await fetcher.call('limits:set', { always: { receive, send: null } });
      await fetcher.call('download:start', { id: contentId });
      const transfer = await done;
      await middle;
      const received = await readFile(transfer.path ?? '');
      if (sumOf(received) !== sumOf(content)) throw new Error('other bytes arrived');
      const paths = [...new Set(sources.flatMap((source) => source.path ?? []))];
      return { transfer, paths, sources };
    },

    close: async () => {
      for (const close of closers.splice(0).reverse()) await close();
      await rm(folder, { recursive: true });
    },
  };
  return programs;
}

const sumOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
