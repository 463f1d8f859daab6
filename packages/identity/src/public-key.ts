import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { deviceIdSchema, trackerIdSchema, userIdSchema, type DeviceId, type TrackerId, type UserId } from '@enxame/shared/ids';
import { fromBase64url, toBase64url, toKeyId } from './encoding.js';

/** User keys and tracker keys are Ed25519; device keys are ECDSA P-256, which every TLS library takes. */
export type KeyKind = 'ed25519' | 'p256';

/** Reads a key that came from anywhere. Throws `signature-invalid` when it is not one of the kind, in its one encoding. */
export function parsePublicKey(text: string, kind: KeyKind): KeyObject {
  const der = fromBase64url(text);
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const isKind =
      kind === 'ed25519' ? key.asymmetricKeyType === 'ed25519' : key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
    // One key, one encoding, one id: a compressed point or a long length would be the same key under another id.
    if (isKind && toSpki(key).equals(der)) return key;
  } catch (error) {
    throw new EnxameError('signature-invalid', undefined, { cause: error });
  }
  throw new EnxameError('signature-invalid');
}

export const toSpki = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' });
export const encodePublicKey = (key: KeyObject): string => toBase64url(toSpki(key));

export const toDeviceId = (key: KeyObject): DeviceId => deviceIdSchema.parse(toKeyId(toSpki(key)));
export const toUserId = (key: KeyObject): UserId => userIdSchema.parse(toKeyId(toSpki(key)));
export const toTrackerId = (key: KeyObject): TrackerId => trackerIdSchema.parse(toKeyId(toSpki(key)));

/** Throws `signature-invalid` unless the key signed the statement. */
export function checkSignature(key: KeyObject, statement: string, signature: string): void {
  const algorithm = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  if (!verify(algorithm, Buffer.from(statement), key, fromBase64url(signature))) throw new EnxameError('signature-invalid');
}
