import { sign, type KeyObject } from 'node:crypto';
import { toBase64url } from './encoding.js';

/** Signs a statement (see @enxame/shared/identity/grant): Ed25519, or ECDSA with SHA-256 in DER for a P-256 key. */
export function signStatement(privateKey: KeyObject, statement: string): string {
  const algorithm = privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return toBase64url(sign(algorithm, Buffer.from(statement), privateKey));
}
