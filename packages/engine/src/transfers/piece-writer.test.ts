import { describe, expect, it } from 'vitest';
import { createPieceWriter, type PieceWriter, type WriteHandle } from './piece-writer.js';

const mib = 1024 * 1024;
const piece = Buffer.alloc(4 * mib, 3);

interface FakeHandle extends WriteHandle {
  readonly writes: { readonly position: number; readonly bytes: number }[];
  isClosed: boolean;
  flushes: number;
  /** What each call does; undefined: all is written. */
  answer: (bytes: number) => number;
}

function fakeHandle(): FakeHandle {
  const fake: FakeHandle = {
    writes: [],
    isClosed: false,
    flushes: 0,
    answer: (bytes) => bytes,
    writev: (pieces, position) => {
      const bytesWritten = fake.answer(pieces.reduce((all, { length }) => all + length, 0));
      fake.writes.push({ position, bytes: bytesWritten });
      return Promise.resolve({ bytesWritten });
    },
    datasync: () => {
      fake.flushes++;
      return Promise.resolve();
    },
    close: () => {
      fake.isClosed = true;
      return Promise.resolve();
    },
  };
  return fake;
}

function start(hasDirect = true): {
  cached: FakeHandle;
  direct: FakeHandle;
  writer: PieceWriter;
  /** One piece after the other, at so many MiB a second. */
  writeAt: (rate: number, pieces: number) => Promise<void>;
  opened: () => number;
} {
  const [cached, direct] = [fakeHandle(), fakeHandle()];
  let time = 0;
  let position = 0;
  let opened = 0;
  const openDirect = (): Promise<WriteHandle | undefined> => {
    opened++;
    return Promise.resolve(hasDirect ? direct : undefined);
  };
  const writer = createPieceWriter({ cached, openDirect, now: () => time });
  return {
    cached,
    direct,
    writer,
    opened: () => opened,
    writeAt: async (rate, pieces) => {
      for (let index = 0; index < pieces; index++) {
        time += (4 / rate) * 1000;
        await writer.write([piece], position);
        position += piece.length;
      }
    },
  };
}

const sum = ({ writes }: FakeHandle): number => writes.reduce((all, { bytes }) => all + bytes, 0);

describe('piece writer', () => {
  it('lets slow bytes go through the cache, and flushes now and then', async () => {
    const { cached, writer, writeAt, opened } = start();
    await writeAt(100, 64);
    await writer.settle();
    expect(sum(cached)).toBe(256 * mib);
    expect(cached.flushes).toBe(4);
    expect(opened()).toBe(0);
  });

  it('lets fast bytes go past it, each to its place, and none twice', async () => {
    const { cached, direct, writeAt, opened } = start();
    await writeAt(1000, 64);
    expect(opened()).toBe(1);
    expect(sum(cached) + sum(direct)).toBe(256 * mib);
    expect(sum(cached)).toBeLessThanOrEqual(32 * mib);
    const positions = [...cached.writes, ...direct.writes].map(({ position }) => position);
    expect(positions).toEqual(Array.from({ length: 64 }, (_, index) => index * piece.length));
  });

  it('follows the pace', async () => {
    const { cached, direct, writeAt } = start();
    await writeAt(1000, 16);
    await writeAt(50, 16);
    const [before, past] = [sum(cached), sum(direct)];
    await writeAt(50, 4);
    expect(sum(cached)).toBe(before + 16 * mib);
    await writeAt(1000, 16);
    expect(sum(direct)).toBeGreaterThan(past);
  });

  it('writes the rest through the cache when the system refuses, and does not try again', async () => {
    const { cached, direct, writeAt } = start();
    let calls = 0;
    direct.answer = (bytes) => {
      if (++calls === 1) return bytes / 2;
      throw Object.assign(new Error('invalid argument'), { code: 'EINVAL' });
    };
    await writeAt(1000, 64);
    expect(calls).toBe(2);
    expect(sum(cached) + sum(direct)).toBe(256 * mib);
    const half = cached.writes.find(({ bytes }) => bytes === 2 * mib);
    expect(half?.position).toBe((direct.writes[0]?.position ?? Number.NaN) + 2 * mib);
  });

  it.each([false, true])('writes the rest of several pieces where the disk took a part (fast: %s)', async (isFast) => {
    const { cached, direct, writer, writeAt } = start();
    if (isFast) await writeAt(1000, 16);
    const handle = isFast ? direct : cached;
    const before = handle.writes.length;
    const taken: number[][] = [];
    const writev = handle.writev.bind(handle);
    handle.writev = (pieces, position) => {
      taken.push(pieces.map(({ length }) => length));
      return writev(pieces, position);
    };
    handle.answer = (bytes) => Math.min(bytes, 6 * mib);
    const position = 100 * mib;
    await writer.write([piece, piece, piece, piece], position);
    expect(handle.writes.slice(before)).toEqual([
      { position, bytes: 6 * mib },
      { position: position + 6 * mib, bytes: 6 * mib },
      { position: position + 12 * mib, bytes: 4 * mib },
    ]);
    expect(taken).toEqual([[4 * mib, 4 * mib, 4 * mib, 4 * mib], [2 * mib, 4 * mib, 4 * mib], [4 * mib]]);
  });

  it('says what the disk said, whichever way the bytes went', async () => {
    const { direct, writeAt } = start();
    direct.answer = () => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
    };
    await expect(writeAt(1000, 64)).rejects.toThrow('no space');
  });

  it('keeps what a flush said for the next write, and for the end', async () => {
    const { cached, writer, writeAt } = start();
    cached.datasync = () => Promise.reject(new Error('the disk is gone'));
    await expect(writeAt(100, 64)).rejects.toThrow('the disk is gone');
    await expect(writer.settle()).rejects.toThrow('the disk is gone');
  });

  it('goes through the cache with what is no whole page, and where there is no other way', async () => {
    const { direct, cached, writer, writeAt } = start();
    await writeAt(1000, 16);
    const past = sum(direct);
    await writer.write([piece.subarray(0, 5000)], 0);
    expect(sum(direct)).toBe(past);
    expect(cached.writes.at(-1)).toEqual({ position: 0, bytes: 5000 });
    const without = start(false);
    await without.writeAt(1000, 64);
    expect(sum(without.cached)).toBe(256 * mib);
    await without.writer.close();
  });

  it('closes what it opened, twice without harm, and leaves the other handle to its owner', async () => {
    const { cached, direct, writer, writeAt } = start();
    await writeAt(1000, 16);
    await writer.close();
    await writer.close();
    expect(direct.isClosed).toBe(true);
    expect(cached.isClosed).toBe(false);
  });
});
