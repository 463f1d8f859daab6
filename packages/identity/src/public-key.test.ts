import { createECDH, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toBase64url } from './encoding.js';
import {
  checkSignature,
  encodePublicKey,
  parsePublicKey,
  toDeviceId,
  toSpki,
  toTrackerId,
  toUserId,
} from './public-key.js';
import { signStatement } from './signing.js';
import { createUserKey } from './user-key.js';

const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed25519 = createUserKey(randomBytes(32));
const invalid = expect.objectContaining({ code: 'signature-invalid' }) as unknown;

describe('parsePublicKey', () => {
  it('I1: reads back what was encoded, under the same id', () => {
    expect(toDeviceId(parsePublicKey(encodePublicKey(p256.publicKey), 'p256'))).toBe(toDeviceId(p256.publicKey));
    const key = createPublicKey(ed25519);
    expect(toUserId(parsePublicKey(encodePublicKey(key), 'ed25519'))).toBe(toUserId(key));
    expect(toTrackerId(key)).toMatch(/^[a-z2-7]{52}$/);
  });

  it('I1: refuses a key of another kind', () => {
    const others = [
      generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey,
      generateKeyPairSync('x25519').publicKey,
      generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey,
      createPublicKey(ed25519),
    ];
    for (const key of others) expect(() => parsePublicKey(encodePublicKey(key), 'p256')).toThrow(invalid);
    expect(() => parsePublicKey(encodePublicKey(p256.publicKey), 'ed25519')).toThrow(invalid);
  });

  it('I1: refuses a second encoding of a key, which would be a second id', () => {
    const spki = toSpki(p256.publicKey);
    const ecdh = createECDH('prime256v1');
    ecdh.generateKeys();
    const point = spki.subarray(-65);
    const compressed = Buffer.concat([Buffer.from([(point[64] ?? 0) & 1 ? 3 : 2]), point.subarray(1, 33)]);
    const header = Buffer.from('3039301306072a8648ce3d020106082a8648ce3d030107032200', 'hex');
    const again = Buffer.concat([header, compressed]);
    expect(createPublicKey({ key: again, format: 'der', type: 'spki' }).equals(p256.publicKey)).toBe(true);
    expect(() => parsePublicKey(toBase64url(again), 'p256')).toThrow(invalid);
    expect(() => parsePublicKey(toBase64url(Buffer.concat([spki, Buffer.from([0])])), 'p256')).toThrow(invalid);
  });

  it('I1: refuses whatever else arrives, with one code', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 120 }),
        fc.constantFrom('p256' as const, 'ed25519' as const),
        (bytes, kind) => {
          expect(() => parsePublicKey(toBase64url(bytes), kind)).toThrow(invalid);
        },
      ),
      { seed: 1 },
    );
  });
});

describe('signatures', () => {
  const signers = [
    { kind: 'p256', privateKey: p256.privateKey, publicKey: p256.publicKey },
    { kind: 'ed25519', privateKey: ed25519, publicKey: createPublicKey(ed25519) },
  ];
  it.each(signers)(
    'I2: of a $kind key hold for the statement that was signed, and no other',
    ({ privateKey, publicKey }) => {
      const signature = signStatement(privateKey, 'enxame test v1\nã');
      expect(() => { checkSignature(publicKey, 'enxame test v1\nã', signature); }).not.toThrow(); // prettier-ignore
      expect(() => { checkSignature(publicKey, 'enxame test v1\na', signature); }).toThrow(invalid); // prettier-ignore
    },
  );

  it.each(signers)('I2: that are no signatures of a $kind key are refused, with one code', ({ publicKey }) => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 80 }), (bytes) => {
        expect(() => { checkSignature(publicKey, 'text', toBase64url(bytes)); }).toThrow(invalid); // prettier-ignore
      }),
      { seed: 2 },
    );
  });
});
