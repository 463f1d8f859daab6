import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

// NaCl's "secretbox": the sealed messages and records of Magic Wormhole.

export const nonceBytes = 24;
export const sealBytes = 16;

/** The nonce, then the sealed bytes. `nonce` must never come twice under one key. */
export function sealBox(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array): Uint8Array {
  const sealed = xsalsa20poly1305(key, nonce).encrypt(plain);
  const box = new Uint8Array(nonceBytes + sealed.length);
  box.set(nonce);
  box.set(sealed, nonceBytes);
  return box;
}

/** Throws `signature-invalid` for whatever was not sealed under this key. */
export function openBox(key: Uint8Array, box: Uint8Array): Uint8Array {
  if (box.length < nonceBytes + sealBytes) throw new EnxameError('signature-invalid');
  try {
    return xsalsa20poly1305(key, box.subarray(0, nonceBytes)).decrypt(box.subarray(nonceBytes));
  } catch (error) {
    throw new EnxameError('signature-invalid', undefined, { cause: error });
  }
}
