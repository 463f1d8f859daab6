import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DoctorReport } from '@enxame/shared/engine/doctor';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '../engine.js';

const trackerProgram = fileURLToPath(new URL('../../../../apps/tracker/dist/main.js', import.meta.url));
let folder: string;
let tracker: ChildProcess;
let url: string;
const engines: Engine[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-doctor-'));
  const args = ['--host', '127.0.0.1', '--port', '0', '--data', join(folder, 'tracker'), '--json'];
  tracker = spawn(process.execPath, [trackerProgram, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!tracker.stdout) throw new Error('no output');
  const [line] = (await once(createInterface(tracker.stdout), 'line')) as [string];
  ({ url } = JSON.parse(line) as { url: string });
});
afterAll(async () => {
  for (const engine of engines) await engine.close();
  const exited = once(tracker, 'exit');
  tracker.kill('SIGTERM');
  await exited;
  await rm(folder, { recursive: true });
});

async function enter(name: string): Promise<EngineClient> {
  const engine = await createEngine({
    dataFolder: join(folder, name, 'data'),
    downloadsFolder: join(folder, name, 'downloads'),
    version: '0',
    logger: pino({ level: 'silent' }),
    hashWorkerUrl: new URL('../../dist/hashing/hash-worker.js', import.meta.url),
    folderWorkerUrl: new URL('../../dist/collections/folder-worker.js', import.meta.url),
  });
  engines.push(engine);
  const [near, far] = createMemoryCarrierPair();
  engine.accept(far);
  const client = createEngineClient(near);
  await client.call('tracker:use', { url });
  await client.call('user:register', { name });
  return client;
}

/** As soon as somebody is listed as online. */
function seen(client: EngineClient, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = ({ people }: { people: readonly { name: string; online: boolean }[] }): void => {
      if (people.some((person) => person.name === name && person.online)) resolve();
    };
    client.on('people:changed', look);
    client.call('people:list', {}).then(look, reject);
  });
}

function checked(client: EngineClient): Promise<DoctorReport> {
  return new Promise((resolve, reject) => {
    client.on('doctor:changed', (report) => {
      if (!report.running) resolve(report);
    });
    client.call('doctor:check', {}).catch(reject);
  });
}

describe('the doctor', () => {
  it('says how this computer is connected, by which path a person is reached, and what the limit is', async () => {
    const [ana, rui] = [await enter('Ana'), await enter('Rui')];
    await seen(rui, 'Ana');
    // Nobody is dialled but for something that is shared.
    const before = await checked(rui);
    expect(before.paths).toMatchObject([{ userName: 'Ana', state: 'nothing', error: { code: 'nothing-shared' } }]);

    const path = join(folder, 'a file');
    await writeFile(path, 'content');
    const { shares } = await ana.call('share:add', { paths: [path] });
    const { contentId } = shares[0] ?? expect.fail('not shared');
    await new Promise<void>((resolve, reject) => {
      const look = ({ rows }: { rows: readonly { contentId: string; sources: number }[] }): void => {
        if (rows.some((row) => row.contentId === contentId && row.sources > 0)) resolve();
      };
      rui.on('catalogue:changed', ({ diff }) => {
        look({ rows: diff.upserted });
      });
      const query = { text: '' };
      rui.call('catalogue:watch', { watchId: 1, query, window: { offset: 0, limit: 5 } }).then(look, reject);
    });
    const report = await checked(rui);
    expect(report.paths).toMatchObject([
      { userName: 'Ana', state: 'reached', path: 'this-computer', ways: [{ path: 'this-computer', outcome: 'used' }] },
    ]);
    expect(report.paths[0]?.delayMs).toBeGreaterThan(0);
    const states = Object.fromEntries(report.checks.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({ tracker: 'pass', reach: 'pass', relay: 'pass', clock: 'pass' });
    expect(report.checks.find(({ id }) => id === 'disk')?.facts.writeBytesPerSecond).toBeGreaterThan(0);
    expect(await readdir(join(folder, 'Rui', 'downloads'))).toEqual([]);

    const userId = report.paths[0]?.userId ?? expect.fail('nobody');
    const probe = await rui.call('doctor:measure', { userId });
    expect(probe.path).toBe('this-computer');
    const { networkBytesPerSecond, diskBytesPerSecond, processorBytesPerSecond } = probe;
    expect(probe[`${probe.limit}BytesPerSecond`]).toBe(
      Math.min(networkBytesPerSecond, diskBytesPerSecond, processorBytesPerSecond),
    );
    // P70: what was measured is nobody's transfer, and is not measured again at once.
    expect((await ana.call('transfers:list', {})).transfers).toEqual([]);
    await expect(rui.call('doctor:measure', { userId })).rejects.toSatisfy((error) =>
      isErrorWithCode(error, 'rate-limited'),
    );
  });
});
