import { describe, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { scalarSeedBytes, startSpake2, type Spake2 } from './spake2.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const identity = text('lothar.com/wormhole/text-or-file-xfer');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const start = (password = '7-abelha-vinho', seed: Uint8Array = randomBytes(scalarSeedBytes)): Spake2 =>
  startSpake2({ password: text(password), identity, seed });

describe('SPAKE2, symmetric over Ed25519', () => {
  it('W10 gives the messages and the key that python-spake2 gives for the same randomness', () => {
    const one = start(undefined, new Uint8Array(scalarSeedBytes).fill(1));
    const other = start(undefined, new Uint8Array(scalarSeedBytes).fill(2));
    expect(hex(one.message)).toBe('53a8a2ca6c27529f48b68d961eead0ac6ccbe4976d4049775b038a7f30e2b3dcd6');
    expect(hex(other.message)).toBe('53fe06ae0fea2feac7eaeb670d805c630e57bdbde054296f6faf96e738ff63ebc8');
    const key = '2d628f6060f5be1d1e76dfe3ba0eccf896a15dfc7772509ad815de285e09c63e';
    expect(hex(one.finish(other.message))).toBe(key);
    expect(hex(other.finish(one.message))).toBe(key);
  });

  it('W10 gives two sides with other passwords other keys', () => {
    const one = start('7-abelha-vinho');
    const other = start('7-abelha-vento');
    expect(hex(one.finish(other.message))).not.toBe(hex(other.finish(one.message)));
  });

  it('W11 refuses its own message sent back', () => {
    const one = start();
    expect(() => one.finish(one.message)).toThrow('bad-request');
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['another side', Uint8Array.of(0x41, ...start().message.subarray(1))],
    ['too short', start().message.subarray(0, 32)],
    ['too long', Uint8Array.of(...start().message, 0)],
    ['no point', Uint8Array.of(0x53, ...new Uint8Array(32).fill(0xff))],
    ['the neutral element', Uint8Array.of(0x53, ...ed25519.Point.ZERO.toBytes())],
    [
      'an element of order 8',
      Uint8Array.from(Buffer.from('53c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 'hex')),
    ],
  ])('W11 refuses %s', (_, message) => {
    expect(() => start().finish(message)).toThrow('bad-request');
  });

  it('W11 refuses an element outside the group, that differs from a right one by one of small order', () => {
    const small = ed25519.Point.fromHex('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a');
    const right = ed25519.Point.fromBytes(start().message.subarray(1));
    expect(() => start().finish(Uint8Array.of(0x53, ...right.add(small).toBytes()))).toThrow('bad-request');
  });
});
