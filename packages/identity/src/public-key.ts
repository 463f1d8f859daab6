import { createPublicKey, verify, type JsonWebKey, type KeyObject } from 'node:crypto';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import {
  deviceIdSchema,
  trackerIdSchema,
  userIdSchema,
  type DeviceId,
  type TrackerId,
  type UserId,
} from '@enxame/shared/ids';
import { fromBase64url, toBase64url, toKeyId } from './encoding.js';

/** User keys and tracker keys are Ed25519; device keys are ECDSA P-256, which every TLS library takes. */
export type KeyKind = 'ed25519' | 'p256';

/**
 * What stands before the key's own bytes in its SPKI (RFC 8410; RFC 5480 with an uncompressed point). One key, one
 * encoding, one id: OpenSSL also reads a compressed point and gives it back compressed, as if it were another key.
 */
const spkiForms: Readonly<Record<KeyKind, { readonly prefix: string; readonly bytes: number }>> = {
  ed25519: { prefix: '302a300506032b6570032100', bytes: 44 },
  p256: { prefix: '3059301306072a8648ce3d020106082a8648ce3d03010703420004', bytes: 91 },
};

/** Reads a key that came from anywhere. Throws `signature-invalid` when it is not one of the kind, in its one encoding. */
export function parsePublicKey(text: string, kind: KeyKind): KeyObject {
  const der = fromBase64url(text);
  const { prefix, bytes } = spkiForms[kind];
  if (der.length !== bytes || !der.toString('hex').startsWith(prefix)) throw new EnxameError('signature-invalid');
  try {
    return createPublicKey({ key: toJwk(der, kind), format: 'jwk' });
  } catch (error) {
    throw new EnxameError('signature-invalid', undefined, { cause: error });
  }
}

/** OpenSSL reads it eight times (Ed25519) or twice as fast (P-256) as the DER, which here is of one form only. */
function toJwk(der: Buffer, kind: KeyKind): JsonWebKey {
  const own = der.subarray(spkiForms[kind].prefix.length / 2);
  if (kind === 'ed25519') return { kty: 'OKP', crv: 'Ed25519', x: toBase64url(own) };
  const half = own.length / 2;
  return { kty: 'EC', crv: 'P-256', x: toBase64url(own.subarray(0, half)), y: toBase64url(own.subarray(half)) };
}

export const toSpki = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });
export const encodePublicKey = (key: KeyObject): string => toBase64url(toSpki(key));

export const toDeviceId = (key: KeyObject): DeviceId => deviceIdSchema.parse(toKeyId(toSpki(key)));
/** Of the text of a key that `parsePublicKey` took: it has but one. */
export const toDeviceIdOfText = (text: string): DeviceId => deviceIdSchema.parse(toKeyId(fromBase64url(text)));
export const toUserIdOfText = (text: string): UserId => userIdSchema.parse(toKeyId(fromBase64url(text)));
export const toUserId = (key: KeyObject): UserId => userIdSchema.parse(toKeyId(toSpki(key)));
export const toTrackerId = (key: KeyObject): TrackerId => trackerIdSchema.parse(toKeyId(toSpki(key)));

/** Throws `signature-invalid` unless the key signed the statement. */
export function checkSignature(key: KeyObject, statement: string, signature: string): void {
  const algorithm = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  if (!verify(algorithm, Buffer.from(statement), key, fromBase64url(signature)))
    throw new EnxameError('signature-invalid');
}
