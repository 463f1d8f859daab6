import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBenchOptions } from './bench-options.js';
import { createEngineNetwork, type EngineNetwork, type NetworkEngine } from './engine-network.js';
import { mebibytesPerSecond, median, round } from './figures.js';
import { describeMachine } from './machine.js';
import { whyNoNamespaces } from './namespaces.js';
import { aria2Programs, downloadWithAria2 } from './peers/aria2.js';
import { curlPrograms, nginxPrograms, startNginx } from './peers/curl-nginx.js';
import { whyMissing } from './peers/programs.js';
import { fetchOnce, shareFile } from './person.js';
import { writeRandomFile } from './random-file.js';

// four-sources: a file from four people with 100 Mbit/s each (network namespaces, tc tbf; needs root), beside one of them
// alone and beside aria2 with four nginx as mirrors on the same lines.

const options = readBenchOptions(process.argv.slice(2));
const bytes = (options.quick ? 64 : 256) * 2 ** 20;
const runs = options.quick ? 2 : 3;
const lineMbit = 100;
const sourceCount = 4;
const aims = { toOne: 3.8, toAria2: 1 };
const say = (line: string): void => void process.stdout.write(options.json ? '' : `${line}\n`);

const reason = whyNoNamespaces();
if (reason !== undefined) {
  process.stdout.write(
    options.json ? `${JSON.stringify({ bench: 'four-sources', skipped: reason })}\n` : `${reason}\n`,
  );
} else {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
  const cleanups: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const network = await createEngineNetwork(folder);
    cleanups.push(() => network.close());
    await main(folder, network, cleanups);
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}

async function main(folder: string, network: EngineNetwork, cleanups: (() => Promise<void>)[]): Promise<void> {
  const shared = join(folder, 'shared');
  await mkdir(shared);
  // Two files of one size: one of all, the other of the first alone.
  for (const name of ['all.bin', 'one.bin']) await writeRandomFile(join(shared, name), bytes);
  const sources: NetworkEngine[] = [];
  for (let index = 0; index < sourceCount; index++) {
    sources.push(await network.add(`source${String(index)}`, { sendMbit: lineMbit }));
  }
  const receiver = await network.add('receiver');
  const ids = await Promise.all(sources.map(({ engine }) => shareFile(engine.client, join(shared, 'all.bin'))));
  const [first] = sources;
  const [ofAll] = ids;
  if (!first || !ofAll) throw new Error('there are no sources');
  const ofOne = await shareFile(first.engine.client, join(shared, 'one.bin'));

  const noPeers = await whyMissing([...nginxPrograms, ...curlPrograms, ...aria2Programs], say);
  const mirrors: string[] = [];
  for (const [index, { node, address }] of noPeers === undefined ? sources.entries() : []) {
    const place = { host: address, command: node.command };
    const nginx = await startNginx(join(folder, `nginx${String(index)}`), shared, place);
    cleanups.push(() => nginx.close());
    mirrors.push(`${nginx.url}all.bin`);
  }

  const into = join(folder, 'received');
  const target = join(folder, 'aria2.bin');
  const rates = { one: [] as number[], four: [] as number[], aria2: [] as number[] };
  let loopHeldMs = 0;
  for (let index = 0; index < runs; index++) {
    rates.one.push(tell('one source', await fetchOnce(receiver.engine.client, ofOne, into)));
    await receiver.engine.usage();
    rates.four.push(tell('four sources', await fetchOnce(receiver.engine.client, ofAll, into)));
    loopHeldMs = Math.max(loopHeldMs, (await receiver.engine.usage()).loopHeldMs);
    if (mirrors.length === 0) continue;
    const { command } = receiver.node;
    rates.aria2.push(tell('aria2', await downloadWithAria2(mirrors, target, { connections: sourceCount, command })));
    await rm(target);
  }
  const ratios = (to: readonly number[]): number | null =>
    to.length > 0 ? round(median(rates.four.map((rate, index) => rate / (to[index] ?? Number.NaN))), 2) : null;
  const result = {
    bench: 'four-sources',
    bytes,
    runs,
    lineMbit,
    fourMibPerSecond: round(median(rates.four), 1),
    oneMibPerSecond: round(median(rates.one), 1),
    aria2MibPerSecond: rates.aria2.length > 0 ? round(median(rates.aria2), 1) : null,
    toOne: ratios(rates.one),
    toAria2: ratios(rates.aria2),
    aims,
    skipped: noPeers ?? null,
    receiverLoopHeldMs: round(loopHeldMs, 1),
    machine: describeMachine(),
  };
  process.stdout.write(`${options.json ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`);
}

function tell(name: string, ms: number): number {
  const rate = mebibytesPerSecond(bytes, ms);
  say(`${name.padEnd(12)} ${String(round(rate, 1))} MiB/s`);
  return rate;
}
