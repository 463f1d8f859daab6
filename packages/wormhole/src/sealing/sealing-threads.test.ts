import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sealRecord } from './record-seals.js';
import { createSealingThreads, type Sealing } from './sealing-threads.js';

const workerUrl = (): URL => new URL('../../dist/sealing/sealing-worker.js', import.meta.url);
const key = randomBytes(32);
let sealing: Sealing;
beforeEach(() => {
  sealing = createSealingThreads({ workerUrl, threads: 2 });
});
afterEach(async () => {
  await sealing.close();
});

/** In memory of its own. */
const alone = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.concat(parts));

describe('sealing threads', () => {
  it('W43 seal each record under its number, and open some at once', async () => {
    const plain = [randomBytes(70_000), Buffer.alloc(0), randomBytes(1)];
    const sealed = await Promise.all(plain.map((bytes, index) => sealing.seal(key, BigInt(index), bytes)));
    expect(sealed.map((bytes) => Buffer.from(bytes))).toEqual(
      plain.map((bytes, index) => sealRecord(key, BigInt(index), bytes)),
    );
    expect(Buffer.from(await sealing.open(key, 0n, alone(...sealed)))).toEqual(Buffer.concat(plain));
  });

  it('W43 refuse a record that was moved, changed, or sealed by somebody else, and go on', async () => {
    const record = sealRecord(key, 7n, Buffer.from('seven'));
    const changed = alone(record);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    await expect(sealing.open(key, 8n, alone(record))).rejects.toMatchObject({ code: 'source-lied' });
    await expect(sealing.open(key, 7n, changed)).rejects.toMatchObject({ code: 'source-lied' });
    await expect(sealing.open(randomBytes(32), 7n, alone(record))).rejects.toMatchObject({ code: 'source-lied' });
    expect(Buffer.from(await sealing.open(key, 7n, alone(record))).toString()).toBe('seven');
  });

  it('end what waits when they are closed, and take nothing more', async () => {
    const waiting = sealing.seal(key, 0n, randomBytes(1_000_000));
    const ended = expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await sealing.close();
    await ended;
    await expect(sealing.seal(key, 1n, randomBytes(1))).rejects.toMatchObject({ code: 'cancelled' });
  });
});
