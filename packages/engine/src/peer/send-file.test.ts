import { appendFile, mkdtemp, open, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestContent } from '../testing/test-content.js';
import { sendFile } from './send-file.js';

const MiB = 1024 * 1024;
const { bytes } = createTestContent(2 * MiB + 7);
let folder: string;
let path: string;
let handle: FileHandle;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-send-'));
  path = join(folder, 'file');
  await writeFile(path, bytes);
  handle = await open(path);
});
afterEach(async () => {
  await handle.close();
  await rm(folder, { recursive: true });
});

/** Takes what is written; `onChunk` is called before each chunk is taken. */
function createSink(onChunk: (count: number) => Promise<void> | void = () => undefined) {
  const got: Buffer[] = [];
  const stream = new Writable({
    highWaterMark: 1,
    write: (chunk: Buffer, _, done) => {
      const copy = Buffer.from(chunk);
      void Promise.resolve(onChunk(got.length)).then(() => {
        got.push(copy);
        done();
      });
    },
  });
  return { stream, got };
}

describe('sending a part of a file', () => {
  it.each([
    [0, 0],
    [0, 1],
    [1, 512 * 1024 + 1],
    [0, bytes.length],
    [bytes.length - 1, bytes.length],
  ])('sends the bytes from %d to %d, and no other', async (start, end) => {
    const { stream, got } = createSink();
    let sent = 0;
    await sendFile(handle, { start, end }, stream, (count) => {
      sent += count;
    });
    expect(Buffer.concat(got).equals(bytes.subarray(start, end))).toBe(true);
    expect(sent).toBe(end - start);
  });

  it('P8: stops when the file is written to meanwhile, before bytes of the new one leave', async () => {
    const { stream, got } = createSink(async (count) => {
      if (count === 0) await appendFile(path, 'more');
    });
    await expect(sendFile(handle, { start: 0, end: bytes.length }, stream, () => undefined)).rejects.toThrow(
      'file-changed',
    );
    const sent = Buffer.concat(got);
    expect(sent.equals(bytes.subarray(0, sent.length))).toBe(true);
    expect(sent.length).toBeLessThan(bytes.length);
  });

  it('reads the next chunk before it writes one, and no further ahead', async () => {
    const { stream } = createSink();
    const read = vi.spyOn(handle, 'read');
    const write = vi.spyOn(stream, 'write');
    await sendFile(handle, { start: 0, end: 3 * 256 * 1024 }, stream, () => undefined);
    const calls = [
      ...read.mock.invocationCallOrder.map((order, index) => ({ order, call: `read ${String(index)}` })),
      ...write.mock.invocationCallOrder.map((order, index) => ({ order, call: `write ${String(index)}` })),
    ].sort((one, other) => one.order - other.order);
    expect(calls.map(({ call }) => call)).toEqual(['read 0', 'read 1', 'write 0', 'read 2', 'write 1', 'write 2']);
  });

  it.each([
    [15, 256],
    [16, 1024],
  ])('reads for who asks for %d MiB at once in blocks of %d KiB', async (wantedMib, blockKib) => {
    const stats = await handle.stat();
    const reads: number[] = [];
    const endless = {
      stat: () => Promise.resolve(stats),
      read: (_buffer: unknown, _offset: unknown, length: number) => {
        reads.push(length);
        return Promise.resolve({ bytesRead: length });
      },
    } as unknown as Pick<FileHandle, 'read' | 'stat'>;
    let sent = 0;
    const stream = new Writable({ write: (_chunk, _, done) => { done(); } }); // prettier-ignore
    await sendFile(endless, { start: 0, end: wantedMib * MiB }, stream, (count) => {
      sent += count;
    });
    expect(sent).toBe(wantedMib * MiB);
    expect(new Set(reads)).toEqual(new Set([blockKib * 1024]));
  });

  it('P8: stops when the file became shorter', async () => {
    const { stream } = createSink();
    await expect(sendFile(handle, { start: 0, end: bytes.length + 1 }, stream, () => undefined)).rejects.toThrow(
      'file-changed',
    );
  });

  it('ends when the other side leaves, though its last write is never answered', async () => {
    const stream = new Writable({ highWaterMark: 1, write: () => { stream.destroy(); } }); // prettier-ignore
    await expect(sendFile(handle, { start: 0, end: bytes.length }, stream, () => undefined)).rejects.toThrow(
      'cancelled',
    );
  });

  it('ends at once when the other side has left before', async () => {
    const { stream } = createSink();
    stream.destroy();
    await expect(sendFile(handle, { start: 0, end: 10 }, stream, () => undefined)).rejects.toThrow('cancelled');
  });
});
