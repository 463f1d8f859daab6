import { hkdfSync, createHash } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

// SPAKE2 over Ed25519 in its symmetric form, where both sides blind with the same element: the exchange of Magic
// Wormhole, message for message and key for key. (docs/spec/codes.md, W10; spec: client-protocol of Magic Wormhole,
// "Pake"; the arithmetic is checked against another implementation in spake2.process.test.ts)

const { Point } = ed25519;
const order = Point.Fn.ORDER;
/** Nobody knows its discrete logarithm: it was made by hashing the word "symmetric". */
const blinding = Point.fromHex('6f00dae87c1be1a73b5922ef431cd8f57879569c222d22b1cd71e8546ab8e6f1');
/** "S": the message of a symmetric exchange; the other forms say "A" or "B". */
const symmetricSide = 0x53;
const elementBytes = 32;
/** Twice what a scalar takes, so that reducing it leaves no bias. */
export const scalarSeedBytes = 64;

export interface Spake2 {
  /** 33 bytes for the other side. */
  readonly message: Uint8Array;
  /**
   * The shared key, 32 bytes. It proves nothing yet: the first message that opens under it does. Throws
   * `bad-request` for what is no message: wrong length or form, an element outside the group, our own message sent
   * back.
   */
  finish(otherMessage: Uint8Array): Uint8Array;
}

/** One exchange: `finish` once, then never again. `seed`: `scalarSeedBytes` of fresh randomness. */
export function startSpake2(options: {
  readonly password: Uint8Array;
  readonly identity: Uint8Array;
  readonly seed: Uint8Array;
}): Spake2 {
  const { password, identity, seed } = options;
  if (seed.length !== scalarSeedBytes) throw new RangeError('a scalar needs its whole seed');
  const secret = toScalar(seed);
  const passwordScalar = toScalar(new Uint8Array(hkdfSync('sha256', password, '', 'SPAKE2 pw', elementBytes + 16)));
  const blind = blinding.multiply(passwordScalar);
  const own = Point.BASE.multiply(secret).add(blind).toBytes();
  return {
    message: Uint8Array.of(symmetricSide, ...own),
    finish: (otherMessage) => {
      const theirs = parseElement(otherMessage);
      // Our own message sent back would make us agree on a key with ourselves: the sender of it needs no password.
      if (Buffer.compare(theirs.bytes, own) === 0) throw new EnxameError('bad-request');
      const shared = theirs.point.subtract(blind).multiply(secret).toBytes();
      const messages = [own, theirs.bytes].sort((one, other) => Buffer.compare(one, other));
      const transcript = createHash('sha256');
      for (const part of [sha256(password), sha256(identity), ...messages, shared]) transcript.update(part);
      return transcript.digest();
    },
  };
}

function parseElement(message: Uint8Array): { bytes: Uint8Array; point: InstanceType<typeof Point> } {
  const bytes = message.subarray(1);
  if (message[0] !== symmetricSide || bytes.length !== elementBytes) throw new EnxameError('bad-request');
  let point;
  try {
    point = Point.fromBytes(bytes);
  } catch (error) {
    throw new EnxameError('bad-request', undefined, { cause: error });
  }
  // An element of small order would tell us our key in advance.
  if (point.is0() || !point.isTorsionFree()) throw new EnxameError('bad-request');
  return { bytes, point };
}

function toScalar(bytes: Uint8Array): bigint {
  const scalar = BigInt(`0x${Buffer.from(bytes).toString('hex')}`) % order;
  if (scalar === 0n) throw new RangeError('a scalar of zero');
  return scalar;
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
