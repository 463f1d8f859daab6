import type { KeyObject } from 'node:crypto';
import { X509Certificate } from 'node:crypto';
import { toCertificateHash } from '@enxame/identity/certificate';
import { signStatement } from '@enxame/identity/signing';
import { certificateStatement } from '@enxame/shared/identity/grant';
import type { TrackerId } from '@enxame/shared/ids';
import { trackerProtocol, trackerProtocolVersion, type Hello } from '@enxame/shared/tracker/hello';

/**
 * What the tracker says of itself. The proof binds its key to the certificate of the connection, so that nobody in the
 * middle can show the key with another certificate. (docs/spec/tracker-protocol.md, T1)
 */
export function createHello(tracker: {
  readonly trackerId: TrackerId;
  readonly privateKey: KeyObject;
  readonly publicKey: string;
  readonly certificatePem: string;
  /** What a proxy shows that ends TLS before the tracker. */
  readonly proxyCertificatePem?: string | undefined;
  readonly name: string;
}): (shows: 'tracker' | 'proxy' | 'none', usersOnline: number) => Hello {
  const { trackerId, privateKey, publicKey, name, proxyCertificatePem } = tracker;
  const prove = (certificatePem: string): string => {
    const certificateHash = toCertificateHash(new X509Certificate(certificatePem).raw);
    return signStatement(privateKey, certificateStatement({ trackerId, certificateHash }));
  };
  const proofs = {
    tracker: prove(tracker.certificatePem),
    proxy: proxyCertificatePem === undefined ? null : prove(proxyCertificatePem),
    none: null,
  };
  return (shows, usersOnline) => ({
    protocol: trackerProtocol,
    version: trackerProtocolVersion,
    trackerId,
    key: publicKey,
    name,
    certificateProof: proofs[shows],
    usersOnline,
  });
}
