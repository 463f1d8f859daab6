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
  readonly name: string;
}): (overTls: boolean, usersOnline: number) => Hello {
  const { trackerId, privateKey, publicKey, name } = tracker;
  const certificateHash = toCertificateHash(new X509Certificate(tracker.certificatePem).raw);
  const proof = signStatement(privateKey, certificateStatement({ trackerId, certificateHash }));
  return (overTls, usersOnline) => ({
    protocol: trackerProtocol,
    version: trackerProtocolVersion,
    trackerId,
    key: publicKey,
    name,
    certificateProof: overTls ? proof : null,
    usersOnline,
  });
}
