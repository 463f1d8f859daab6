import { createHash, hkdfSync } from 'node:crypto';

const keyBytes = 32;

/** A key for one purpose, from the key that SPAKE2 gave: HKDF-SHA256 without salt, as Magic Wormhole derives all of its keys. */
export function deriveKey(sharedKey: Uint8Array, purpose: string | Uint8Array): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', sharedKey, '', purpose, keyBytes));
}

/** The key of one message: nobody but the side that says it, in this phase, uses it. */
export function derivePhaseKey(sharedKey: Uint8Array, side: string, phase: string): Uint8Array {
  return deriveKey(sharedKey, Buffer.concat([Buffer.from('wormhole:phase:'), sha256(side), sha256(phase)]));
}

/** What two people can compare to be sure that nobody sits between them: the same on both sides, 32 bytes. */
export function deriveVerifier(sharedKey: Uint8Array): Uint8Array {
  return deriveKey(sharedKey, 'wormhole:verifier');
}

/** The key from which a transit connection derives its own. */
export function deriveTransitKey(sharedKey: Uint8Array, appId: string): Uint8Array {
  return deriveKey(sharedKey, `${appId}/transit-key`);
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
