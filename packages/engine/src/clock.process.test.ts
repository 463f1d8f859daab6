import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  startKilledEngine,
  startKilledTracker,
  type KilledEngine,
  type KilledProgram,
} from './testing/killed-programs.js';

// Clocks that are wrong, that are set while bytes come, and computers that sleep.

const hourMs = 3_600_000;
const sumOf = (data: Buffer): string => createHash('sha256').update(data).digest('hex');

let folder: string;
let tracker: KilledProgram & { readonly url: string };
let ana: KilledEngine;
let rui: KilledEngine;
let bytes: Buffer;
let contentId: string;
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-clock-'));
  tracker = await startKilledTracker(join(folder, 'tracker'), 0);
  [ana, rui] = (await Promise.all(
    ['Ana', 'Rui'].map(async (name) => {
      const engine = await startKilledEngine(join(folder, name), join(folder, `${name}'s`));
      await engine.client.call('tracker:use', { url: tracker.url });
      await engine.client.call('user:register', { name });
      return engine;
    }),
  )) as [KilledEngine, KilledEngine];
  await ana.client.call('limits:set', { always: { send: 4_000_000, receive: null } });
});
beforeEach(async () => {
  bytes = randomBytes(6_000_000);
  const path = join(folder, `${String(files++)}.bin`);
  await writeFile(path, bytes);
  const { shares } = await ana.client.call('share:add', { paths: [path] });
  contentId = shares[0]?.contentId ?? expect.fail();
  await listed();
});
afterAll(async () => {
  for (const program of [ana, rui, tracker]) await program.kill();
  await rm(folder, { recursive: true });
});

/** Resolves when the content has a source. */
async function listed(): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const look = (rows: readonly EngineCatalogueRow[]): void => {
      if (rows.some((row) => row.contentId === contentId && row.sources > 0)) resolve();
    };
    rui.client.on('catalogue:changed', ({ diff }) => {
      look(diff.upserted);
    });
    const whole = { watchId: 1, query: {}, window: { offset: 0, limit: 10 } };
    rui.client.call('catalogue:watch', whole).then(({ rows }) => {
      look(rows);
    }, reject);
  });
}

function until(fits: (transfer: Transfer) => boolean): Promise<Transfer> {
  return new Promise((resolve, reject) => {
    const look = (transfers: readonly Transfer[]): void => {
      for (const transfer of transfers) {
        if (transfer.state === 'failed') reject(new Error(transfer.error?.code));
        if (transfer.direction === 'receive' && transfer.contentId === contentId && fits(transfer)) resolve(transfer);
      }
    };
    rui.client.on('transfers:changed', ({ upserted }) => {
      look(upserted);
    });
    rui.client.call('transfers:list', {}).then(({ transfers }) => {
      look(transfers);
    }, reject);
  });
}

/** `inTheMiddle` happens once bytes are there. */
async function download(inTheMiddle: () => void = () => undefined): Promise<void> {
  await rui.client.call('download:start', { id: contentId });
  await until(({ bytesDone }) => bytesDone > 0);
  inTheMiddle();
  const { path } = await until(({ state }) => state === 'verified');
  expect(sumOf(await readFile(path ?? ''))).toBe(sumOf(bytes));
}

describe('clocks', () => {
  it.each([5, -5])('P3: a sender whose clock is %i hours wrong gives to who has a ticket', async (hours) => {
    ana.setClock(hours * hourMs);
    await download();
    ana.setClock(-hours * hourMs);
  });

  it.each([5, -5])('P14: a receiver whose clock is set by %i hours in the middle goes on', async (hours) => {
    await download(() => {
      rui.setClock(hours * hourMs);
    });
  });

  it('P14: a receiver that sleeps in the middle goes on when it wakes up', async () => {
    await download(() => {
      rui.sleep();
      setTimeout(() => {
        rui.wakeUp(8 * hourMs);
      }, 1000);
    });
  });

  it('P14: so does one whose sender sleeps', async () => {
    await download(() => {
      ana.sleep();
      setTimeout(() => {
        ana.wakeUp(8 * hourMs);
      }, 1000);
    });
  });
});
