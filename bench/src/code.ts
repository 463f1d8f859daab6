import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBenchOptions } from './bench-options.js';
import { fetchMs, receiveByCode, removeReceived } from './code-person.js';
import { startCodeReceivers } from './code-receivers.js';
import { startEngineProcess, type EngineProcess } from './engine-process.js';
import { mebibytesPerSecond, median, round } from './figures.js';
import { describeMachine } from './machine.js';
import { startWormhole, whyNoWormhole, type Wormhole } from './peers/wormhole-william.js';
import { fetchOnce, joinTracker, shareFile } from './person.js';
import { writeRandomFile } from './random-file.js';
import { startTrackerProcess } from './tracker-process.js';

// code: sending by a code on loopback: until the first byte; beside the same file from the catalogue; to and from
// wormhole-william beside that program with itself; and to many receivers of one code at once.

const options = readBenchOptions(process.argv.slice(2));
const bytes = (options.quick ? 256 : 1024) * 2 ** 20;
const runs = options.quick ? 1 : 3;
const smallRuns = options.quick ? 5 : 20;
const manyBytes = 10 * 2 ** 20;
const manyCount = options.quick ? 20 : 100;
const fewCount = manyCount / 10;
const fileName = 'file.bin';
const say = (line: string): void => void process.stdout.write(options.json ? '' : `${line}\n`);

const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
const cleanups: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
let names = 0;
const newFolder = (): string => join(folder, `into-${String(names++)}`);
try {
  await main();
} finally {
  for (const cleanup of cleanups.reverse()) await cleanup();
}

async function main(): Promise<void> {
  const tracker = await startTrackerProcess(join(folder, 'tracker'));
  cleanups.push(() => tracker.close());
  const [sender, receiver] = [await startEngine('sender', tracker.url), await startEngine('receiver', tracker.url)];
  const noWormhole = await whyNoWormhole(say);
  const wormhole = noWormhole === undefined ? await startWormhole(join(folder, 'wormhole')) : undefined;
  if (wormhole) cleanups.push(() => wormhole.close());
  else say(`without wormhole-william: ${noWormhole ?? ''}`);

  const firstByteMs = await measureFirstBytes(sender, receiver);
  const path = join(folder, fileName);
  await writeRandomFile(path, bytes);
  const speeds = await measureSpeeds(sender, receiver, wormhole, path);
  const result = {
    bench: 'code',
    firstByte: { ms: round(median(firstByteMs)), most: round(Math.max(...firstByteMs)), runs: smallRuns, aimMs: 300 },
    bytes,
    runs,
    ...speeds,
    many: await measureMany(sender, tracker.url),
    ...(noWormhole !== undefined && { skipped: { 'wormhole-william': noWormhole } }),
    machine: describeMachine(),
  };
  process.stdout.write(`${options.json ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`);
}

async function startEngine(name: string, trackerUrl: string): Promise<EngineProcess> {
  const engine = await startEngineProcess(join(folder, name), join(folder, `${name}-downloads`));
  cleanups.push(() => engine.close());
  await joinTracker(engine.client, trackerUrl, name);
  return engine;
}

/** From the code said to a small file verified and in place: the first byte came before. Nobody is asked in between. */
async function measureFirstBytes(sender: EngineProcess, receiver: EngineProcess): Promise<number[]> {
  const path = join(folder, 'small.bin');
  await writeFile(path, 'small');
  const times: number[] = [];
  for (let run = 0; run < smallRuns; run++) {
    const { id, link } = await sender.client.call('code:send', { paths: [path] });
    const saidAt = Date.now();
    const received = await receiveByCode(receiver.client, { code: link ?? '', folder: newFolder() });
    const { transfers } = await receiver.client.call('transfers:list', {});
    times.push((transfers.find((each) => each.id === received.transferId)?.finishedAt ?? Number.NaN) - saidAt);
    await removeReceived(receiver.client, received);
    await sender.client.call('code:remove', { id });
  }
  say(`code to first byte  ${String(round(median(times)))} ms (at most ${String(Math.max(...times))})`);
  return times;
}

async function measureSpeeds(
  sender: EngineProcess,
  receiver: EngineProcess,
  wormhole: Wormhole | undefined,
  path: string,
): Promise<object> {
  const contentId = await shareFile(sender.client, path);
  const rates = new Map<string, number[]>();
  let [sealing, opening] = [0, 0];
  const add = (name: string, ms: number): void => {
    const rate = mebibytesPerSecond(bytes, ms);
    say(`${name.padEnd(19)} ${String(round(rate))} MiB/s`);
    rates.set(name, [...(rates.get(name) ?? []), rate]);
  };
  for (let run = 0; run < runs; run++) {
    add('catalogue', await fetchOnce(receiver.client, contentId, newFolder()));
    add('code', await byCode(sender, receiver, path));
    if (!wormhole) continue;
    const into = newFolder();
    await mkdir(into);
    add('william', await wormhole.transfer(path, into));
    await rm(join(into, fileName));
    await sender.usage();
    add('to william', await toWilliam(sender, wormhole, path, into));
    sealing = Math.max(sealing, (await sender.usage()).loopHeldMs);
    await rm(join(into, fileName));
    await receiver.usage();
    add('from william', await fromWilliam(receiver, wormhole, path));
    opening = Math.max(opening, (await receiver.usage()).loopHeldMs);
  }
  const ratio = (name: string, other: string): number | undefined => {
    const [ours, theirs] = [rates.get(name), rates.get(other)];
    return ours && theirs && round(median(ours.map((rate, index) => rate / (theirs[index] ?? Number.NaN))), 2);
  };
  return {
    mibPerSecond: Object.fromEntries([...rates].map(([name, values]) => [name, round(median(values))])),
    codeToCatalogue: { ratio: ratio('code', 'catalogue'), aim: 1 },
    codeToWilliam: { ratio: ratio('code', 'william'), aim: 5 },
    toWilliam: { ratio: ratio('to william', 'william'), aim: 1, loopHeldMs: round(sealing, 1) },
    fromWilliam: { ratio: ratio('from william', 'william'), aim: 1, loopHeldMs: round(opening, 1) },
  };
}

async function byCode(sender: EngineProcess, receiver: EngineProcess, path: string): Promise<number> {
  const { id, link } = await sender.client.call('code:send', { paths: [path] });
  const received = await receiveByCode(receiver.client, { code: link ?? '', folder: newFolder() });
  const ms = await fetchMs(receiver.client, received);
  await removeReceived(receiver.client, received);
  await sender.client.call('code:remove', { id });
  return ms;
}

async function toWilliam({ client }: EngineProcess, wormhole: Wormhole, path: string, into: string) {
  const { id, code } = await client.call('code:send', { paths: [path], rendezvous: wormhole.mailboxUrl });
  const ms = await wormhole.receive(code ?? '', into);
  await client.call('code:remove', { id });
  return ms;
}

async function fromWilliam({ client }: EngineProcess, wormhole: Wormhole, path: string): Promise<number> {
  const { code, sent } = await wormhole.send(path);
  const startedAt = performance.now();
  const wanted = { code, rendezvous: wormhole.mailboxUrl, folder: newFolder() };
  const [received] = await Promise.all([receiveByCode(client, wanted), sent]);
  const ms = performance.now() - startedAt;
  await removeReceived(client, received);
  return ms;
}

/** A few, then all of them: what the sender and the tracker hold must not grow with them. */
async function measureMany(sender: EngineProcess, trackerUrl: string): Promise<object> {
  const path = join(folder, 'many.bin');
  await writeRandomFile(path, manyBytes);
  const measure = async (count: number): Promise<object> => {
    // A sender of its own: what is remembered is the most that it ever held.
    const own = await startEngine(`many${String(count)}`, trackerUrl);
    const receivers = await startCodeReceivers(join(folder, `receivers${String(count)}`), count);
    try {
      const { id, link } = await own.client.call('code:send', { paths: [path], keep: true });
      const { ms, answers } = await receivers.receive(link ?? '', 'many');
      await own.client.call('code:stop', { id });
      const { maxRssMib, loopHeldMs } = await own.usage();
      const received = answers.reduce((sum, answer) => sum + answer.received, 0);
      const failures = answers.flatMap((answer) => answer.failures).slice(0, 5);
      say(
        `${String(received)} of ${String(count)} receivers in ${String(round(ms / 1000, 1))} s, sender ${String(round(maxRssMib))} MiB`,
      );
      const receiverRssMib = round(Math.max(...answers.map((answer) => answer.maxRssMib)));
      return {
        count,
        received,
        failures,
        seconds: round(ms / 1000, 1),
        senderRssMib: round(maxRssMib),
        loopHeldMs: round(loopHeldMs, 1),
        receiverRssMib,
      };
    } finally {
      await receivers.close();
    }
  };
  const before = await sender.usage();
  return {
    bytes: manyBytes,
    few: await measure(fewCount),
    all: await measure(manyCount),
    idleRssMib: round(before.rssMib),
  };
}
