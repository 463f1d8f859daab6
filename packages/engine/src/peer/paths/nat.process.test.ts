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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dialLocalSocket } from '../../local-socket/local-dial.js';
import { createNatNetwork, whyNoNatNetwork, type NatKind, type NatNetwork } from '../../testing/nat-network.js';

const reason = whyNoNatNetwork();
if (reason !== undefined) process.stderr.write(`the ways through routers are not tried: ${reason}\n`);

const trackerProgram = fileURLToPath(new URL('../../../../../apps/tracker/dist/main.js', import.meta.url));
const engineFolder = fileURLToPath(new URL('../../..', import.meta.url));
/** One engine in a process of its own, reached over its local socket, which namespaces do not part. */
const engineProgram = `
  const { createEngine } = await import('./dist/engine.js');
  const { serveLocally } = await import('./dist/local-socket/serve-locally.js');
  const { pino } = await import('pino');
  const [dataFolder, downloadsFolder] = process.argv.slice(1);
  const logger = pino({ level: process.env.LOG_LEVEL ?? 'silent' }, pino.destination(2));
  const engine = await createEngine({ dataFolder, downloadsFolder, version: '0', logger });
  const served = await serveLocally(engine, dataFolder);
  process.once('SIGTERM', () => void served.close().then(() => engine.close()).then(() => process.exit()));
  console.log('{}');
`;

const closers: (() => Promise<unknown>)[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-nat-'));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await rm(folder, { recursive: true });
});

async function start(command: readonly string[], args: readonly string[]): Promise<void> {
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
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', () => {
      resolve();
    });
    child.once('exit', () => {
      reject(new Error(`ended before it was ready: ${args.join(' ').slice(-200)}`));
    });
  });
}

const startTracker = async (network: NatNetwork): Promise<string> => {
  const args = ['--json', '--host', '0.0.0.0', '--port', '7667', '--data', join(folder, 'tracker')];
  await start(network.inTracker, [trackerProgram, ...args]);
  return `${network.trackerHost}:7667`;
};

async function joinNetwork(command: readonly string[], name: string, tracker: string): Promise<EngineClient> {
  const [data, downloads] = [join(folder, name, 'data'), join(folder, name, 'downloads')];
  await mkdir(downloads, { recursive: true });
  await start(command, ['--input-type=module', '-e', engineProgram, data, downloads]);
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
}

interface Fetched {
  readonly transfer: Transfer;
  readonly paths: readonly PathKind[];
  readonly sources: readonly TransferSource[];
}

/** Ana, on the left, shares; Rui, on the right, fetches. Resolves when it is verified. */
async function fetchAcross(network: NatNetwork, bytes: number): Promise<Fetched> {
  const tracker = await startTracker(network);
  const ana = await joinNetwork(network.inLeft, 'Ana', tracker);
  const rui = await joinNetwork(network.inRight, 'Rui', tracker);
  const content = randomBytes(bytes);
  const path = join(folder, 'a file.bin');
  await writeFile(path, content);
  const listed = new Promise<void>((resolve) => {
    rui.on('catalogue:changed', () => {
      resolve();
    });
  });
  await rui.call('catalogue:watch', { watchId: 1, query: {}, window: { offset: 0, limit: 10 } });
  const { shares } = await ana.call('share:add', { paths: [path] });
  const contentId = shares[0]?.contentId;
  if (!contentId) throw new Error('nothing was shared');

  await listed;

  const sources: TransferSource[] = [];
  const done = new Promise<Transfer>((resolve, reject) => {
    rui.on('transfers:changed', ({ upserted }) => {
      for (const transfer of upserted) {
        sources.push(...transfer.sources);
        if (transfer.state === 'failed') reject(new Error(transfer.error?.code));
        if (transfer.state === 'verified') resolve(transfer);
      }
    });
  });
  // Changes are told four times a second: as slow as this, more than one is told whatever the machine can do.
  await rui.call('limits:set', { always: { receive: bytes, send: null } });
  await rui.call('download:start', { id: contentId });
  const transfer = await done;
  const received = await readFile(transfer.path ?? '');
  expect(createHash('sha256').update(received).digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));
  const paths = [...new Set(sources.flatMap((source) => source.path ?? []))];
  return { transfer, paths, sources };
}

async function open(left: NatKind, right: NatKind): Promise<NatNetwork> {
  const network = await createNatNetwork(left, right);
  closers.push(() => network.close());
  return network;
}

describe.skipIf(reason !== undefined)('two devices and the routers between them', () => {
  it.each<[NatKind, NatKind, PathKind]>([
    ['none', 'none', 'direct'],
    ['none', 'nat', 'direct'],
    ['nat', 'none', 'reverse'],
    ['nat', 'nat', 'punched'],
    ['symmetric', 'nat', 'relay'],
    ['symmetric', 'symmetric', 'relay'],
  ])(
    'P65: source %s, receiver %s: the bytes come by %s',
    async (left, right, path) => {
      const { paths, sources } = await fetchAcross(await open(left, right), 20_000_000);
      expect(paths.at(-1)).toBe(path);
      const told = sources.at(-1)?.betterPathError ?? null;
      if (path !== 'relay') expect(told).toBeNull();
    },
    120_000,
  ); // six programs start
});
