import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PathKind } from '@enxame/shared/engine/transfer';
import type { EngineClient } from '@enxame/shared/engine/engine-client';
import type { ContentId } from '@enxame/shared/ids';
import { readBenchOptions } from './bench-options.js';
import { startEngineProcess, type EngineProcess } from './engine-process.js';
import { mebibytesPerSecond, median, round } from './figures.js';
import { describeMachine } from './machine.js';
import { createNamespaces, whyNoNamespaces } from './namespaces.js';
import { fetchOnce, joinTracker, shareFile } from './person.js';
import { writeRandomFile } from './random-file.js';
import { startTrackerProcess } from './tracker-process.js';

// relay: one file through the tracker's relay, beside the same file directly, in network namespaces between which there
// is no other way. Each relayed run is followed by a direct one.

const options = readBenchOptions(process.argv.slice(2));
const bytes = options.quick ? 256 * 2 ** 20 : 2 ** 30;
const runs = options.quick ? 2 : 5;
/** Of the rate of the direct path. */
const aim = 0.6;
const say = (line: string): void => void process.stdout.write(options.json ? '' : `${line}\n`);

const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
const cleanups: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
try {
  const reason = whyNoNamespaces();
  if (reason === undefined) await main();
  else process.stdout.write(`relay: not measured: ${reason}\n`);
} finally {
  for (const cleanup of cleanups.reverse()) await cleanup();
}

async function main(): Promise<void> {
  const network = await createNamespaces();
  cleanups.push(() => network.close());
  const [near, far] = [await network.segment(), await network.segment()];
  const nodes = { tracker: await network.node('t'), sender: await network.node('s'), direct: await network.node('d'), relayed: await network.node('r') }; // prettier-ignore
  const hosts = { near: await nodes.tracker.join(near), far: await nodes.tracker.join(far) };
  await nodes.sender.join(near);
  await nodes.direct.join(near);
  await nodes.relayed.join(far);

  const trackerFolder = join(folder, 'tracker');
  const tracker = await startTrackerProcess(trackerFolder, { command: nodes.tracker.command, host: '0.0.0.0' });
  cleanups.push(() => tracker.close());
  const port = new URL(tracker.url).port;
  const start = async (name: 'sender' | 'direct' | 'relayed', host: string): Promise<EngineProcess> => {
    const engine = await startEngineProcess(join(folder, name), join(folder, `${name}-downloads`), nodes[name].command);
    cleanups.push(() => engine.close());
    await joinTracker(engine.client, `${host}:${port}`, name);
    return engine;
  };
  const sender = await start('sender', hosts.near);
  const direct = await start('direct', hosts.near);
  const relayed = await start('relayed', hosts.far);
  const shared = join(folder, 'shared');
  await mkdir(shared);

  const rates = { relay: [] as number[], direct: [] as number[] };
  const cpu = { sender: 0, receiver: 0, tracker: 0 };
  const directCpu = { sender: 0, receiver: 0 };
  const trackerRssMib: number[] = [];
  for (let index = 0; index < runs; index++) {
    const relayedId = await shareNew(`relayed-${String(index)}`);
    const before = { sender: await cpuOf(sender), receiver: await cpuOf(relayed), tracker: readProcess(tracker.pid) };
    rates.relay.push(await measure('relay', relayed.client, relayedId));
    const after = readProcess(tracker.pid);
    cpu.sender += (await cpuOf(sender)) - before.sender;
    cpu.receiver += (await cpuOf(relayed)) - before.receiver;
    cpu.tracker += after.cpuSeconds - before.tracker.cpuSeconds;
    trackerRssMib.push(round(after.rssMib));
    const directId = await shareNew(`direct-${String(index)}`);
    const beforeDirect = { sender: await cpuOf(sender), receiver: await cpuOf(direct) };
    rates.direct.push(await measure('lan', direct.client, directId));
    directCpu.sender += (await cpuOf(sender)) - beforeDirect.sender;
    directCpu.receiver += (await cpuOf(direct)) - beforeDirect.receiver;
  }

  /** A file for each run: who has fetched one serves it, too. */
  async function shareNew(name: string): Promise<ContentId> {
    const path = join(shared, name);
    await writeRandomFile(path, bytes);
    return shareFile(sender.client, path);
  }

  async function measure(expected: PathKind, client: EngineClient, contentId: ContentId): Promise<number> {
    const seen = new Set<PathKind>();
    const stop = client.on('transfers:changed', ({ upserted }) => {
      for (const { sources } of upserted) for (const { path } of sources) if (path) seen.add(path);
    });
    const ms = await fetchOnce(client, contentId, join(folder, 'received'));
    stop();
    if (seen.size !== 1 || !seen.has(expected)) throw new Error(`not ${expected} but ${[...seen].join(', ')}`);
    const rate = mebibytesPerSecond(bytes, ms);
    say(`${expected.padEnd(8)} ${String(round(rate))} MiB/s`);
    return rate;
  }

  const perGib = (seconds: number): number => round((seconds / runs) * (2 ** 30 / bytes), 2);
  const result = {
    bench: 'relay',
    bytes,
    runs,
    relayMibPerSecond: round(median(rates.relay)),
    directMibPerSecond: round(median(rates.direct)),
    ratio: round(median(rates.relay.map((rate, index) => rate / (rates.direct[index] ?? Number.NaN))), 2),
    aim,
    /** While relayed; the ends with the SHA-256 that follows. */
    cpuSecondsPerGib: { sender: perGib(cpu.sender), relay: perGib(cpu.tracker), receiver: perGib(cpu.receiver) },
    directCpuSecondsPerGib: { sender: perGib(directCpu.sender), receiver: perGib(directCpu.receiver) },
    trackerRssMib,
    machine: describeMachine(),
  };
  say(options.json ? '' : JSON.stringify(result, undefined, 2));
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
}

async function cpuOf(engine: EngineProcess): Promise<number> {
  return (await engine.usage()).cpuSeconds;
}

/** Of a Linux process: processor time, in hundredths, and memory. */
function readProcess(pid: number): { cpuSeconds: number; rssMib: number } {
  const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  const rssKib = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN);
  return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100, rssMib: rssKib / 1024 };
}
