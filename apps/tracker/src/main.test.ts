import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trackerIdSchema, type EntryId } from '@enxame/shared/ids';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createEntry } from './test-kit/entries.js';
import { buildProgram, type BuiltProgram, type RunningProgram } from './test-kit/spawn-program.js';
import { connectDevice } from './test-kit/test-device.js';
import { createTestUser } from './test-kit/test-user.js';

const readySchema = z.object({
  ready: z.literal(true),
  url: z.string().regex(/^https:\/\/127\.0\.0\.1:\d+$/),
  trackerId: trackerIdSchema,
  seal: z.string().regex(/^[a-z]+-[a-z]+-[a-z]+-\d\d$/),
});

let program: BuiltProgram;
let data: string;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.close());
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'enxame-main-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

const start = (...more: string[]): Promise<RunningProgram> =>
  program.start(['--host', '127.0.0.1', '--port', '0', '--data', data, '--json', ...more]);
const readyOf = ({ firstLine }: RunningProgram) => readySchema.parse(JSON.parse(firstLine));

describe('the program', () => {
  it('T16: says when it is ready, and stops with 0 when it is asked to', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const running = await start();
      const device = await connectDevice(readyOf(running));
      running.kill(signal);
      await device.disconnected;
      expect(await running.exitCode).toBe(0);
    }
  });

  it('T16: finishes, when it is asked to stop, what it has begun to write', async () => {
    const first = await start();
    const device = await connectDevice(readyOf(first), createTestUser());
    await device.register('Ana');
    await device.open();
    const entries = Array.from({ length: 200 }, () => createEntry());
    const answered = device.request('entries:announce', { entries });
    await device.request('session:challenge', {}); // the announcement has arrived when this is answered
    first.kill('SIGTERM');
    expect(await answered).toEqual({ refused: [] });
    expect(await first.exitCode).toBe(0);
    const second = await start();
    const again = await connectDevice(readyOf(second), device.user);
    await again.open();
    const { total } = await again.request('catalogue:list', { query: {}, window: { offset: 0, limit: 1 } });
    expect(total).toBe(200);
  });

  it('T7: killed in the middle of announcements, it has all that it had acknowledged', async () => {
    const first = await start();
    const ready = readyOf(first);
    const device = await connectDevice(ready, createTestUser());
    await device.register('Ana');
    await device.open();
    const acknowledged = new Set<EntryId>();
    const enough = new Promise<void>((resolve) => {
      for (let batch = 0; batch < 60; batch++) {
        const entries = Array.from({ length: 20 }, () => createEntry());
        void device.request('entries:announce', { entries }).then(
          () => {
            for (const { id } of entries) acknowledged.add(id);
            if (acknowledged.size >= 20) resolve();
          },
          () => undefined, // the connection ended first: nobody was told that these are in
        );
      }
    });
    await enough;
    first.kill('SIGKILL');
    await first.exitCode;
    await device.disconnected;

    const second = await start();
    expect(readyOf(second).trackerId).toBe(ready.trackerId);
    const again = await connectDevice(readyOf(second), device.user);
    await again.open();
    const { known } = await again.request('entries:compare', { digest: '' });
    const knownIds = new Set(known.map(({ id }) => id));
    expect(acknowledged.size).toBeGreaterThanOrEqual(20);
    for (const id of acknowledged) expect(knownIds.has(id)).toBe(true);
  });

  it('T90: a backup made while people announce brings all back that was acknowledged before it', async () => {
    const first = await start();
    const device = await connectDevice(readyOf(first), createTestUser());
    await device.register('Ana');
    await device.open();
    const before = Array.from({ length: 50 }, () => createEntry());
    await device.request('entries:announce', { entries: before });
    for (let batch = 0; batch < 40; batch++) {
      // Nobody was told that these are in: the tracker may be gone before it answers.
      device.request('entries:announce', { entries: [createEntry()] }).catch(() => undefined);
    }
    const backup = `${data}-backup`;
    const copied = await program.start(['backup', backup, '--data', data, '--json']);
    expect(await copied.exitCode).toBe(0);
    first.kill('SIGKILL');
    await first.exitCode;
    device.close();
    await rm(data, { recursive: true });

    expect(await (await program.start(['restore', backup, '--data', data, '--json'])).exitCode).toBe(0);
    await rm(backup, { recursive: true });
    const checked = await program.start(['check', '--data', data, '--json']);
    expect(JSON.parse(checked.firstLine)).toMatchObject({ broken: [], setAside: [] });
    const second = await start();
    expect(readyOf(second).trackerId).toBe(readyOf(first).trackerId);
    const again = await connectDevice(readyOf(second), device.user);
    await again.open();
    const { known } = await again.request('entries:compare', { digest: '' });
    const ids = new Set(known.map(({ id }) => id));
    expect(before.filter(({ id }) => !ids.has(id))).toEqual([]);
    again.close();
  });
});
