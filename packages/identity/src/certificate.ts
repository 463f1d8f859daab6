// @peculiar/x509 finds its parts through decorators and says that its users must bring this.
import 'reflect-metadata';
import { createHash, webcrypto, KeyObject, type X509Certificate } from 'node:crypto';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { toDeviceId } from './public-key.js';
import type { DeviceId } from '@enxame/shared/ids';

/** A P-256 key with a certificate that it signed itself: what TLS needs, and an identity by the hash of its key. */
export interface SelfSigned {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
}

/** Trust comes from the pinned key, never from the dates; far enough that no clock ends it. */
const validYears = 40;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** `altNames`: host names and addresses for the clients that look at them. `now`: milliseconds since 1970. */
export async function createSelfSigned(
  commonName: string,
  now: number,
  altNames: readonly string[] = [],
): Promise<SelfSigned> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  // A day early, for clocks that are behind.
  const notBefore = new Date(now - 24 * 3_600_000);
  const notAfter = new Date(notBefore);
  notAfter.setFullYear(notBefore.getFullYear() + validYears);
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      name: [{ CN: [commonName] }],
      notBefore,
      notAfter,
      keys,
      signingAlgorithm: algorithm,
      extensions:
        altNames.length > 0
          ? [new SubjectAlternativeNameExtension(altNames.map((value) => ({ type: 'dns', value })))]
          : [],
    },
    webcrypto,
  );
  const privateKeyPem = KeyObject.from(keys.privateKey).export({ format: 'pem', type: 'pkcs8' }).toString();
  return { privateKeyPem, certificatePem: certificate.toString('pem') };
}

/** The device that holds the key of a certificate. TLS has proven that it does; the dates and the issuer say nothing. */
export function toCertificateDeviceId(certificate: X509Certificate): DeviceId {
  return toDeviceId(certificate.publicKey);
}

/** SHA-256 of the certificate's DER, hex. */
export function toCertificateHash(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex');
}
