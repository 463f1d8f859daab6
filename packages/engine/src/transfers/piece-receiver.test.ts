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

function start(): { receiver: PieceReceiver; written: Map<number, Buffer>; wrong: number[]; taken: () => number } {
  const written = new Map<number, Buffer>();
  const wrong: number[] = [];
  let taken = 0;
  const receiver = createPieceReceiver({
    manifest,
    start: 0,
    file: {
      write: (bytes, index) => {
        written.set(index, Buffer.from(bytes));
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
      hasFree: true,
    },
    onRoom: () => undefined,
    onProgress: () => undefined,
    onVerified: () => undefined,
    onWrongPiece: (index) => wrong.push(index),
  });
  return { receiver, written, wrong, taken: () => taken };
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
