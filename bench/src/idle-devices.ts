import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBenchOptions } from './bench-options.js';
import { measureComeBack } from './come-back.js';
import { percentile, round } from './figures.js';
import { createLoadUser, joinAs, type LoadDevice, type LoadUser } from './load-device.js';
import { describeMachine } from './machine.js';
import { startMeasuredTracker, type MeasuredTracker } from './measured-tracker.js';
import { createRandom } from './random.js';

// idle-devices: 100, 1,000 and 10,000 connected devices that do nothing: memory of the tracker, its processor time,
// and how long a request of one of them takes; then the tracker is killed and started again, and all come back.

const options = readBenchOptions(process.argv.slice(2));
const sizes = options.quick ? [100, 500] : [100, 1000, 10_000];
const idleSeconds = options.quick ? 5 : 20;
const comeBackDevices = options.quick ? 500 : 5000;
const together = 50;
const say = (line: string): void => void process.stdout.write(options.json ? '' : `${line}\n`);

const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
let tracker: MeasuredTracker | undefined;
const devices: LoadDevice[] = [];
try {
  await main();
} finally {
  await tracker?.kill();
  await rm(folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  const random = createRandom(6);
  tracker = await startMeasuredTracker(folder);
  const users: LoadUser[] = [];
  const results: Record<string, unknown>[] = [];
  for (const size of sizes) {
    const startedAt = performance.now();
    while (devices.length < size) {
      const group = Array.from({ length: Math.min(together, size - devices.length) }, () => {
        const user = createLoadUser(`Device ${String(users.length)}`, random);
        users.push(user);
        return user;
      });
      const on = tracker;
      devices.push(...(await Promise.all(group.map((user) => joinAs(user, on, { isNew: true })))));
    }
    const joinSeconds = (performance.now() - startedAt) / 1000;
    const cpuBefore = tracker.cpuSeconds();
    await tracker.loop();
    const asked: number[] = [];
    for (let second = 0; second < idleSeconds; second++) {
      await pause(1000);
      const askedAt = performance.now();
      await random.pick(devices).request('catalogue:list', { query: {}, window: { offset: 0, limit: 50 } });
      asked.push(performance.now() - askedAt);
    }
    const { held, heapMib } = await tracker.loop();
    const cpuAfter = tracker.cpuSeconds();
    const rss = tracker.rssMib();
    const result = {
      devices: size,
      joinSeconds: round(joinSeconds, 1),
      rssMib: rss === null ? null : round(rss),
      heapMib: round(heapMib),
      cores: cpuBefore === null || cpuAfter === null ? null : round((cpuAfter - cpuBefore) / idleSeconds, 3),
      requestP99Ms: round(percentile(asked, 99), 1),
      loopHeldMaxMs: round(held.maxMs, 1),
    };
    results.push(result);
    say(JSON.stringify(result));
  }
  await tracker.close();
  const comeBack = await measureComeBack({
    folder,
    known: users,
    users: users.slice(0, comeBackDevices),
    random,
    onTracker: (started) => {
      tracker = started;
    },
  });
  say(JSON.stringify({ comeBack }));
  const result = { bench: 'idle-devices', results, comeBack, machine: describeMachine() };
  say(JSON.stringify(result.machine));
  if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
