import { randomBytes } from 'node:crypto';
import { blake3 } from '@napi-rs/blake-hash';
import { pieceHashBytes, type Manifest } from '@enxame/shared/content/manifest';
import { pieceBytesFor, pieceCountFor } from '@enxame/shared/content/piece-size';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPieceReceiver, type PieceReceiver } from './piece-receiver.js';

/** 512 KiB a piece: each is hashed in two steps. */
const size = 2 ** 30;
const pieceBytes = pieceBytesFor(size);
const sent = randomBytes(2 * pieceBytes);

function manifestOf(first: Buffer, second: Buffer): Manifest {
  const pieceHashes = Buffer.alloc(pieceCountFor(size) * pieceHashBytes);
  pieceHashes.set(blake3(first), 0);
  pieceHashes.set(blake3(second), pieceHashBytes);
  return { size, pieceHashes };
}

const manifest = manifestOf(sent.subarray(0, pieceBytes), sent.subarray(pieceBytes));

function start(options: { batchBytes?: number; room?: () => boolean } = {}): {
  receiver: PieceReceiver;
  written: Map<number, Buffer>;
  writes: number[][];
  wrong: number[];
  taken: () => number;
} {
  const written = new Map<number, Buffer>();
  const writes: number[][] = [];
  const wrong: number[] = [];
  let taken = 0;
  const receiver = createPieceReceiver({
    manifest,
    start: 0,
    file: {
      write: (pieces, first) => {
        writes.push(pieces.map((_, place) => first + place));
        for (const [place, bytes] of pieces.entries()) written.set(first + place, Buffer.from(bytes));
        return Promise.resolve();
      },
    },
    buffers: {
      take: () => {
        taken++;
        return Buffer.alloc(pieceBytes);
      },
      giveBack: () => {
        taken--;
      },
      get hasFree() {
        return options.room?.() ?? true;
      },
    },
    batchBytes: options.batchBytes ?? 1,
    onRoom: () => undefined,
    onProgress: () => undefined,
    onVerified: () => undefined,
    onWrongPiece: (index) => wrong.push(index),
  });
  return { receiver, written, writes, wrong, taken: () => taken };
}

async function feed(receiver: PieceReceiver, bytes: Buffer, chunkBytes: number): Promise<void> {
  for (let offset = 0; offset < bytes.length; offset += chunkBytes)
    receiver.sink(bytes.subarray(offset, offset + chunkBytes));
  await receiver.finish();
}

describe('P13: a piece is verified before it is written', () => {
  it('P13: whatever the parts in which it comes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 500, max: 2 * pieceBytes }), async (chunkBytes) => {
        const { receiver, written, wrong, taken } = start();
        await feed(receiver, sent, chunkBytes);
        expect(wrong).toEqual([]);
        expect(Buffer.concat([...written.values()]).equals(sent)).toBe(true);
        expect(taken()).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it.each([0, 262_143, 262_144, pieceBytes - 1])('P13: and not when its byte %i is another', async (position) => {
    const { receiver, written, wrong, taken } = start();
    const bytes = Buffer.from(sent);
    bytes[position] = (bytes[position] ?? 0) ^ 1;
    await feed(receiver, bytes, 16_384);
    expect(wrong).toEqual([0]);
    // What came before says nothing of the next.
    expect([...written.keys()]).toEqual([1]);
    expect(taken()).toBe(0);
  });
});

describe('pieces that come fast', () => {
  it.each([
    [1, [[0], [1]]],
    [2 * pieceBytes, [[0, 1]]],
    [4 * pieceBytes, [[0, 1]]],
  ])('are written together, up to %i bytes, and the rest at the end', async (batchBytes, expected) => {
    const { receiver, written, writes, taken } = start({ batchBytes });
    await feed(receiver, sent, 16_384);
    expect(writes).toEqual(expected);
    expect(Buffer.concat([...written.values()]).equals(sent)).toBe(true);
    expect(taken()).toBe(0);
  });

  it('do not wait when there is no room for more', () => {
    const { receiver, writes } = start({ batchBytes: 4 * pieceBytes, room: () => false });
    receiver.sink(sent.subarray(0, pieceBytes));
    expect(writes).toEqual([[0]]);
  });

  it('are written though the next one is wrong', async () => {
    const bytes = Buffer.from(sent);
    bytes[pieceBytes] = (bytes[pieceBytes] ?? 0) ^ 1;
    const { receiver, writes, wrong, taken } = start({ batchBytes: 4 * pieceBytes });
    await feed(receiver, bytes, 16_384);
    expect(writes).toEqual([[0]]);
    expect(wrong).toEqual([1]);
    expect(taken()).toBe(0);
  });
});
