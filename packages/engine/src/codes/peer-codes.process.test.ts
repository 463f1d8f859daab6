import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeReceive, CodeSend } from '@enxame/shared/engine/code';
import { minCodeLifeMs } from '@enxame/shared/engine/code-calls';
import type { HistoryRecord } from '@enxame/shared/engine/history';
import type { EngineEvents } from '@enxame/shared/engine/events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  openNetworkBench,
  shareFile,
  untilListed,
  type BenchPerson,
  type NetworkBench,
} from '../testing/network-bench.js';

let bench: NetworkBench;
beforeEach(async () => {
  bench = await openNetworkBench();
});
afterEach(async () => {
  await bench.close();
});

/** The codes of an engine as soon as they fit. */
function untilCodes<T>(
  { client }: BenchPerson,
  pick: (codes: EngineEvents['codes:changed']) => T | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = (codes: EngineEvents['codes:changed']): void => {
      const found = pick(codes);
      if (found !== undefined) resolve(found);
    };
    client.on('codes:changed', look);
    client.call('codes:list', {}).then(look, reject);
  });
}

const untilReceived = (person: BenchPerson): Promise<CodeReceive> =>
  untilCodes(person, ({ receives }) => receives.find(({ state }) => state === 'received' || state === 'failed'));
const untilSend = (person: BenchPerson, fits: (send: CodeSend) => boolean): Promise<CodeSend> =>
  untilCodes(person, ({ sends }) => sends.find(fits));

/** As soon as there is some: what still moves is none. */
function untilHistory({ client }: BenchPerson): Promise<readonly HistoryRecord[]> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      client.call('history:list', {}).then(({ records }) => {
        if (records.length > 0) resolve(records);
      }, reject);
    };
    client.on('history:changed', look);
    client.on('transfers:changed', look);
    look();
  });
}

async function makeFile(name: string, bytes: Buffer): Promise<string> {
  await mkdir(join(bench.folder, 'sent'), { recursive: true });
  const path = join(bench.folder, 'sent', name);
  await writeFile(path, bytes);
  return path;
}

async function makeFolder(name: string): Promise<string> {
  const path = join(bench.folder, name);
  await mkdir(join(path, 'sub', 'empty'), { recursive: true });
  await writeFile(join(path, 'sub', 'relação.txt'), 'olá');
  await writeFile(join(path, 'top.bin'), Buffer.alloc(700_000, 5));
  return path;
}

async function receive(person: BenchPerson, send: CodeSend, only?: string[]): Promise<CodeReceive> {
  const { id } = await person.client.call('code:receive', { code: send.link ?? '' });
  await person.client.call('code:accept', { id, ...(only && { only }) });
  return untilReceived(person);
}

/** So many people take what waits under one code, all at once, until the sender has every receipt. */
async function receiveAll(ana: BenchPerson, path: string, count: number): Promise<BenchPerson[]> {
  const send = await ana.client.call('code:send', { paths: [path], keep: true });
  const people = await Promise.all(Array.from({ length: count }, (_, number) => bench.open(`r${String(number)}`)));
  const received = await Promise.all(people.map((person) => receive(person, send)));
  expect(received.map(({ state, error }) => ({ state, error }))).toEqual(
    people.map(() => ({ state: 'received', error: null })),
  );
  // However short it was. Where this computer was too busy to take a connection soon, it is the relay, and says so.
  for (const { path } of received) expect(path).toMatch(/^(this-computer|relay)$/);
  const bytes = await readFile(path);
  for (const { savedAs } of received) expect((await readFile(savedAs ?? '')).equals(bytes)).toBe(true);
  const isReceived = ({ state }: { readonly state: string }): boolean => state === 'received';
  const told = await untilSend(ana, ({ receivers }) => receivers.length === count && receivers.every(isReceived));
  expect(told.wrongLeft).toBe(5);
  return people;
}

describe('codes between two engines', () => {
  it('W50 carry a file by the peer protocol: in the transfers, in the history, with a receipt, in no catalogue', async () => {
    const [ana, rui] = [await bench.join('Ana'), await bench.open('Rui')];
    const bytes = randomBytes(3_000_000);
    const path = await makeFile('a.bin', bytes);
    const send = await ana.client.call('code:send', { paths: [path] });
    const offered = await rui.client.call('code:receive', { code: send.link ?? '' });
    expect(offered).toMatchObject({
      state: 'offered',
      way: 'swarm',
      offer: { kind: 'file', name: 'a.bin', size: 3_000_000 },
    });
    expect(offered.personName).toMatch(/^Ana #\d+$/);
    await rui.client.call('code:accept', { id: offered.id });
    const received = await untilReceived(rui);
    expect(received).toMatchObject({ state: 'received', bytesDone: 3_000_000, error: null });
    expect(received.verifier).toBe((await untilSend(ana, ({ id }) => id === send.id)).receivers[0]?.verifier);
    expect(await readFile(received.savedAs ?? '')).toEqual(bytes);
    const told = await untilSend(ana, ({ receivers }) => receivers[0]?.state === 'received');
    expect(told).toMatchObject({ state: 'ended', receivers: [{ number: 1, way: 'swarm', bytesDone: 3_000_000 }] });
    const { transfers } = await rui.client.call('transfers:list', {});
    expect(transfers).toMatchObject([{ id: received.transferId, direction: 'receive', state: 'verified' }]);
    expect((await rui.client.call('history:list', {})).records).toMatchObject([{ result: 'verified', name: 'a.bin' }]);
    const records = await untilHistory(ana);
    expect(records).toMatchObject([{ direction: 'send', result: 'received', receipt: { size: 3_000_000 } }]);
    expect((await ana.client.call('shares:list', {})).shares).toEqual([]);
  });

  it('W50 carry a folder, and what was chosen of it', async () => {
    const [ana, rui, eva] = [await bench.join('Ana'), await bench.open('Rui'), await bench.open('Eva')];
    const path = await makeFolder('papers');
    const send = await ana.client.call('code:send', { paths: [path], keep: true });
    const whole = await receive(rui, send);
    expect(whole).toMatchObject({ state: 'received', offer: { kind: 'folder', name: 'papers', files: 2 } });
    const listed = (await readdir(whole.savedAs ?? '', { recursive: true })).sort();
    expect(listed).toEqual(['sub', 'sub/empty', 'sub/relação.txt', 'top.bin']);
    const offered = await eva.client.call('code:receive', { code: send.link ?? '' });
    const { files, total } = await eva.client.call('code:contents', { id: offered.id });
    expect({ total, paths: files.map((file) => file.path).sort() }).toEqual({
      total: 3,
      paths: ['sub/empty', 'sub/relação.txt', 'top.bin'],
    });
    await eva.client.call('code:accept', { id: offered.id, only: ['sub'] });
    const some = await untilReceived(eva);
    expect((await readdir(some.savedAs ?? '', { recursive: true })).sort()).toEqual([
      'sub',
      'sub/empty',
      'sub/relação.txt',
    ]);
    await untilSend(
      ana,
      ({ receivers }) => receivers.length === 2 && receivers.every(({ state }) => state === 'received'),
    );
  });

  it('W55 let receivers of one code fetch from each other, too', async () => {
    const ana = await bench.join('Ana');
    const path = await makeFile('many.bin', randomBytes(6 * 1024 * 1024));
    // Slow enough that each has something that the others lack, while it lasts.
    await ana.client.call('limits:set', { always: { send: 2 * 1024 * 1024, receive: null } });
    const people = await receiveAll(ana, path, 4);
    const sends = await Promise.all(people.map(({ client }) => client.call('transfers:list', {})));
    const givers = sends.filter(({ transfers }) =>
      transfers.some(({ direction, bytesDone }) => direction === 'send' && bytesDone > 0),
    );
    expect(givers.length).toBeGreaterThan(0);
  });

  it('W30 serve twenty receivers of one code at once', async () => {
    await receiveAll(await bench.join('Ana'), await makeFile('twenty.bin', randomBytes(600_000)), 20);
  }, 180_000);

  it('W42 are refused, and the sender is told; a text needs no yes', async () => {
    const [ana, rui] = [await bench.join('Ana'), await bench.open('Rui')];
    const send = await ana.client.call('code:send', { paths: [await makeFile('no.bin', randomBytes(1000))] });
    const { id } = await rui.client.call('code:receive', { code: send.link ?? '' });
    await rui.client.call('code:refuse', { id });
    const refused = await untilSend(ana, ({ receivers }) => receivers[0]?.state === 'failed');
    expect(refused).toMatchObject({ state: 'ended', receivers: [{ error: { code: 'offer-refused' } }] });
    expect((await rui.client.call('transfers:list', {})).transfers).toEqual([]);
    const said = await ana.client.call('code:send', { text: 'olá' });
    expect(await rui.client.call('code:receive', { code: said.link ?? '' })).toMatchObject({
      state: 'received',
      text: 'olá',
    });
    await untilSend(ana, (each) => each.id === said.id && each.receivers[0]?.state === 'received');
  });

  it('W33 end with the last of so many receivers, when they are stopped, and when their time is over', async () => {
    const [ana, rui, eva] = [await bench.join('Ana'), await bench.open('Rui'), await bench.open('Eva')];
    const path = await makeFile('counted.bin', randomBytes(100_000));
    const counted = await ana.client.call('code:send', { paths: [path], keep: true, receivers: 2 });
    await receive(rui, counted);
    expect(await untilSend(ana, ({ id, receivers }) => id === counted.id && receivers.length === 1)).toMatchObject({
      state: 'open',
      maxReceivers: 2,
    });
    expect(await receive(eva, counted)).toMatchObject({ state: 'received' });
    await untilSend(ana, ({ id, state }) => id === counted.id && state === 'ended');
    const stopped = await ana.client.call('code:send', { paths: [path], keep: true });
    await ana.client.call('code:stop', { id: stopped.id });
    const brief = await ana.client.call('code:send', { paths: [path], keep: true, lifeMs: minCodeLifeMs });
    // Dead codes stay dead when the program starts again.
    await untilSend(ana, ({ id, state }) => id === brief.id && state === 'ended');
    await ana.close();
    const again = await bench.open('Ana');
    const { sends } = await again.client.call('codes:list', {});
    expect(sends.filter(({ state }) => state !== 'ended')).toEqual([]);
  });

  it('W53 are told to no tracker, and given to nobody who has only its ticket', async () => {
    const [ana, rui] = [await bench.join('Ana'), await bench.join('Rui')];
    const bytes = randomBytes(100_000);
    const send = await ana.client.call('code:send', { paths: [await makeFile('secret.bin', bytes)], keep: true });
    await receive(rui, send);
    // Eva knows the very content, and shares it: the tracker tells of her, and of nobody else.
    const eva = await bench.join('Eva');
    await shareFile(bench, eva, 'known.bin', bytes);
    const row = await untilListed(rui, 'known.bin');
    expect(row).toMatchObject({ sources: 1, here: true });
  });
});
