import { randomBytes } from 'node:crypto';
import { access, unlink } from 'node:fs/promises';
import type { HistoryRecord } from '@enxame/shared/engine/history';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  openNetworkBench,
  shareFile,
  untilListed,
  untilTransfer,
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

const history = async ({ client }: BenchPerson): Promise<readonly HistoryRecord[]> =>
  (await client.call('history:list', {})).records;

/** The history as soon as it fits. */
function untilHistory(
  person: BenchPerson,
  fits: (records: readonly HistoryRecord[]) => boolean,
): Promise<readonly HistoryRecord[]> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      history(person).then((records) => {
        if (fits(records)) resolve(records);
      }, reject);
    };
    person.client.on('history:changed', look);
    look();
  });
}

describe('two engines and a tracker', () => {
  it('P33: the sender learns that all arrived and was verified, and both remember it', async () => {
    const [ana, rui] = [await bench.join('Ana'), await bench.join('Rui')];
    const { contentId } = await shareFile(bench, ana, 'a.bin', randomBytes(3_000_000));
    const row = await untilListed(rui, 'a.bin');
    const { id } = await rui.client.call('download:start', { id: row.id });
    const received = await untilTransfer(ana, ({ state }) => state === 'received');
    expect(received).toMatchObject({ direction: 'send', personName: 'Rui', contentId, bytesDone: 3_000_000 });
    await untilTransfer(rui, (each) => each.id === id && each.sha256 !== null);
    const [sent] = await untilHistory(ana, ([record]) => record?.result === 'received');
    expect(sent).toMatchObject({
      direction: 'send',
      personName: 'Rui',
      contentId,
      size: 3_000_000,
      bytesMoved: 3_000_000,
    });
    expect(sent?.receipt).toMatchObject({ contentId, size: 3_000_000 });
    const [got] = await untilHistory(rui, ([record]) => (record?.sha256 ?? null) !== null);
    expect(got).toMatchObject({
      id,
      direction: 'receive',
      result: 'verified',
      personName: 'Ana',
      bytesMoved: 3_000_000,
    });
    await ana.close();
    const again = await bench.open('Ana');
    expect(await history(again)).toEqual([sent]);
  });

  it('P33: a sender that was gone at the end gets the receipt when it is back', async () => {
    const [ana, rui, eva] = [await bench.join('Ana'), await bench.join('Rui'), await bench.join('Eva')];
    const bytes = randomBytes(6_000_000);
    await shareFile(bench, ana, 'a.bin', bytes);
    await shareFile(bench, eva, 'e.bin', bytes);
    const row = await untilListed(rui, 'a.bin');
    // Slow enough that Ana is gone before the end, and Eva gives the rest.
    await rui.client.call('limits:set', { always: { send: null, receive: 2_000_000 } });
    const { id } = await rui.client.call('download:start', { id: row.id });
    await untilTransfer(ana, ({ direction, bytesDone }) => direction === 'send' && bytesDone > 0);
    await ana.close();
    await rui.client.call('limits:set', { always: { send: null, receive: null } });
    await untilTransfer(rui, (each) => each.id === id && each.state === 'verified');
    await untilTransfer(eva, ({ state }) => state === 'received');
    const back = await bench.open('Ana');
    const records = await untilHistory(back, ([record]) => record?.result === 'received');
    expect(records).toMatchObject([{ direction: 'send', personName: 'Rui', receipt: { size: 6_000_000 } }]);
  });

  it('a file that was deleted is here no more, though nobody asks for it', async () => {
    const [ana, rui] = [await bench.join('Ana'), await bench.join('Rui')];
    await shareFile(bench, ana, 'a.bin', randomBytes(1000));
    const row = await untilListed(rui, 'a.bin');
    const { id } = await rui.client.call('download:start', { id: row.id });
    const { path } = await untilTransfer(rui, (each) => each.id === id && each.state === 'verified');
    const gone = new Promise<void>((resolve) => {
      rui.client.on('catalogue:changed', ({ diff }) => {
        if (diff.upserted.some(({ name, here }) => name === 'a.bin' && !here)) resolve();
      });
    });
    await access(path ?? '');
    await unlink(path ?? '');
    await gone;
  });
});
