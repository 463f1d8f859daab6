import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeReceive, CodeSend } from '@enxame/shared/engine/code';
import type { EngineEvents } from '@enxame/shared/engine/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  startKilledEngine,
  startKilledTracker,
  type KilledEngine,
  type KilledProgram,
} from '../testing/killed-programs.js';

const fileBytes = 24 * 1024 * 1024;
/** So slow that a kill hits it in the middle. */
const bytesPerSecond = 8 * 1024 * 1024;
/** What was on its way when a program was killed, and comes again. */
const underWayBytes = 4 * 1024 * 1024;

let folder: string;
let url: string;
const running: KilledProgram[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-code-kills-'));
  const tracker = await startKilledTracker(join(folder, 'tracker'), 0);
  running.push(tracker);
  ({ url } = tracker);
});
afterEach(async () => {
  for (const program of running.splice(0).reverse()) await program.kill();
  await rm(folder, { recursive: true });
});

/** A person's engine, as it is left by its last run. */
async function start(name: string): Promise<KilledEngine> {
  const engine = await startKilledEngine(join(folder, name), join(folder, `${name} got`));
  running.push(engine);
  return engine;
}

/** The codes of an engine as soon as they fit. */
function untilCodes<T>(
  { client }: KilledEngine,
  pick: (codes: EngineEvents['codes:changed']) => T | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = (codes: EngineEvents['codes:changed']): void => {
      const found = pick(codes);
      if (found === undefined) return;
      end();
      resolve(found);
    };
    const end = client.on('codes:changed', look);
    client.call('codes:list', {}).then(look, reject);
  });
}

const untilMoved = (engine: KilledEngine, bytes: number): Promise<CodeReceive> =>
  untilCodes(engine, ({ receives }) =>
    receives.find(({ bytesDone, state }) => bytesDone >= bytes || state === 'failed' || state === 'received'),
  );
const untilReceived = (engine: KilledEngine): Promise<CodeReceive> =>
  untilCodes(engine, ({ receives }) => receives.find(({ state }) => state === 'failed' || state === 'received'));
const untilTold = (engine: KilledEngine): Promise<CodeSend> =>
  untilCodes(engine, ({ sends }) => sends.find(({ receivers }) => receivers.some(({ state }) => state === 'received')));

/** A sender with a code for many, and a receiver that has begun. */
async function begin(): Promise<{ ana: KilledEngine; rui: KilledEngine; code: string; path: string; sum: string }> {
  const path = join(folder, 'a.bin');
  const bytes = randomBytes(fileBytes);
  await writeFile(path, bytes);
  const [ana, rui] = [await start('Ana'), await start('Rui')];
  await ana.client.call('tracker:use', { url });
  await rui.client.call('limits:set', { always: { send: null, receive: bytesPerSecond } });
  const { link, code } = await ana.client.call('code:send', { paths: [path], keep: true });
  const { id } = await rui.client.call('code:receive', { code: link ?? '' });
  await rui.client.call('code:accept', { id });
  return { ana, rui, code: code ?? '', path, sum: createHash('sha256').update(bytes).digest('hex') };
}

const sumOf = async (path: string | null): Promise<string> =>
  createHash('sha256').update(await readFile(path ?? '')).digest('hex'); // prettier-ignore

/** Bytes that the last run of a receiver fetched. */
async function fetchedBy({ client }: KilledEngine): Promise<number> {
  const { records } = await client.call('history:list', {});
  expect(records).toMatchObject([{ result: 'verified', size: fileBytes }]);
  return records[0]?.bytesMoved ?? Number.NaN;
}

describe('codes whose programs are killed', { timeout: 180_000 }, () => {
  it('W54 a receiver that is back, and says the same code again, goes on where it was', async () => {
    const { ana, rui, code, sum } = await begin();
    const { bytesDone } = await untilMoved(rui, fileBytes / 3);
    await rui.kill();
    const back = await start('Rui');
    const again = await back.client.call('code:receive', { code, rendezvous: url });
    expect(again).toMatchObject({ state: 'moving', way: 'swarm', error: null });
    const received = await untilReceived(back);
    expect(received).toMatchObject({ state: 'received', error: null, bytesDone: fileBytes });
    expect(await sumOf(received.savedAs)).toBe(sum);
    // What was verified before was not asked for again.
    expect(await fetchedBy(back)).toBeLessThanOrEqual(fileBytes - bytesDone);
    expect(await untilTold(ana)).toMatchObject({ receiverCount: 1, wrongLeft: 5, state: 'open' });
  });

  it('W54 a sender that is back is found again, is told of the receipt, and its code is still good', async () => {
    const { ana, rui, code, sum } = await begin();
    const { bytesDone } = await untilMoved(rui, fileBytes / 3);
    await ana.kill();
    const back = await start('Ana');
    const received = await untilReceived(rui);
    expect(received).toMatchObject({ state: 'received', error: null });
    expect(await sumOf(received.savedAs)).toBe(sum);
    expect(bytesDone).toBeGreaterThan(0);
    expect(await fetchedBy(rui)).toBeLessThanOrEqual(fileBytes + underWayBytes);
    expect(await untilTold(back)).toMatchObject({ state: 'open', code });
    const eva = await start('Eva');
    const { id } = await eva.client.call('code:receive', { code, rendezvous: url });
    await eva.client.call('code:accept', { id });
    expect(await sumOf((await untilReceived(eva)).savedAs)).toBe(sum);
  });

  it('W54 both may be killed at once', async () => {
    const { ana, rui, code, sum } = await begin();
    await untilMoved(rui, fileBytes / 3);
    await Promise.all([ana.kill(), rui.kill()]);
    const [sender, receiver] = [await start('Ana'), await start('Rui')];
    await receiver.client.call('code:receive', { code, rendezvous: url });
    expect(await sumOf((await untilReceived(receiver)).savedAs)).toBe(sum);
    expect(await untilTold(sender)).toMatchObject({ state: 'open', code });
  });
});
