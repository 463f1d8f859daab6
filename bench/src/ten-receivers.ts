import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBenchOptions } from './bench-options.js';
import { createEngineNetwork, type EngineNetwork, type NetworkEngine } from './engine-network.js';
import { median, round } from './figures.js';
import { describeMachine } from './machine.js';
import { whyNoNamespaces } from './namespaces.js';
import { fetchFile, shareFile } from './person.js';
import { writeRandomFile } from './random-file.js';

// ten-receivers: one sender with 100 Mbit/s and ten people who fetch the same file at the same time (network namespaces,
// tc tbf; needs root): until the last of them has it, beside the time of one alone.

const options = readBenchOptions(process.argv.slice(2));
const bytes = (options.quick ? 32 : 128) * 2 ** 20;
const runs = options.quick ? 1 : 3;
const lineMbit = 100;
const receiverCount = 10;
const aim = 1.5;
const say = (line: string): void => void process.stdout.write(options.json ? '' : `${line}\n`);

const reason = whyNoNamespaces();
if (reason !== undefined) {
  process.stdout.write(
    options.json ? `${JSON.stringify({ bench: 'ten-receivers', skipped: reason })}\n` : `${reason}\n`,
  );
} else {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
  const cleanups: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  try {
    const network = await createEngineNetwork(folder);
    cleanups.push(() => network.close());
    await main(folder, network);
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}

async function main(folder: string, network: EngineNetwork): Promise<void> {
  const shared = join(folder, 'shared');
  await mkdir(shared);
  const sender = await network.add('sender', { sendMbit: lineMbit });
  const receivers: NetworkEngine[] = [];
  for (let index = 0; index < receiverCount; index++) receivers.push(await network.add(`receiver${String(index)}`));

  const ones: number[] = [];
  const tens: number[] = [];
  let sentTimes = 0;
  for (let index = 0; index < runs; index++) {
    ones.push(await fetchAll(receivers.slice(0, 1), `one${String(index)}`));
    say(`one receiver   ${String(round((ones.at(-1) ?? 0) / 1000, 1))} s`);
    for (const { engine } of receivers) await engine.usage();
    tens.push(await fetchAll(receivers, `ten${String(index)}`));
    say(`ten receivers  ${String(round((tens.at(-1) ?? 0) / 1000, 1))} s`);
  }
  const usages = await Promise.all([sender, ...receivers].map(({ engine }) => engine.usage()));
  const result = {
    bench: 'ten-receivers',
    bytes,
    runs,
    lineMbit,
    oneSeconds: round(median(ones) / 1000, 1),
    tenSeconds: round(median(tens) / 1000, 1),
    ratio: round(median(tens.map((ms, index) => ms / (ones[index] ?? Number.NaN))), 2),
    aim,
    /** Of 10: how many times the sender gave the whole file in the last run. */
    sentTimes: round(sentTimes, 2),
    maxRssMib: round(Math.max(...usages.map(({ maxRssMib }) => maxRssMib))),
    loopHeldMs: round(Math.max(...usages.map(({ loopHeldMs }) => loopHeldMs)), 1),
    machine: describeMachine(),
  };
  process.stdout.write(`${options.json ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`);

  /** A file that nobody has yet; milliseconds until the last has it. All keep it until then, and serve it. */
  async function fetchAll(who: readonly NetworkEngine[], name: string): Promise<number> {
    const path = join(shared, `${name}.bin`);
    await writeRandomFile(path, bytes);
    const contentId = await shareFile(sender.engine.client, path);
    const before = await sentBytes();
    const fetched = await Promise.all(
      who.map(({ engine }, index) => fetchFile(engine.client, contentId, join(folder, `${name}-${String(index)}`))),
    );
    sentTimes = ((await sentBytes()) - before) / bytes;
    for (const { remove } of fetched) await remove();
    return Math.max(...fetched.map(({ ms }) => ms));
  }

  /** What left the sender's line, with everything around it. */
  async function sentBytes(): Promise<number> {
    const counters = (await sender.node.run('ip', ['-j', '-s', 'link', 'show', 'up'])) || '[]';
    const links = JSON.parse(counters) as { ifname: string; stats64: { tx: { bytes: number } } }[];
    return links.filter(({ ifname }) => ifname !== 'lo').reduce((sum, { stats64 }) => sum + stats64.tx.bytes, 0);
  }
}
