import { createHash } from 'node:crypto';
import { toBase32 } from '@enxame/shared/content/base32';

/** Base64url without padding, as public keys and signatures travel. */
export const toBase64url = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
export const fromBase64url = (text: string): Buffer => Buffer.from(text, 'base64url');

/** SHA-256 in base32: the id of a key, from its SPKI in DER. */
export const toKeyId = (spki: Uint8Array): string => toBase32(createHash('sha256').update(spki).digest());
