import { createPublicKey, randomBytes, X509Certificate } from 'node:crypto';
import { createSelfSigned, toCertificateDeviceId } from '@enxame/identity/certificate';
import { createDeviceGrant } from '@enxame/identity/device-grant';
import { toUserId } from '@enxame/identity/public-key';
import { createUserKey } from '@enxame/identity/user-key';
import type { DeviceId, UserId } from '@enxame/shared/ids';
import type { Source } from '@enxame/shared/tracker/person';

/** A device of a user, as another engine would be. */
export interface TestDevice {
  readonly tls: { readonly key: string; readonly cert: string };
  readonly deviceId: DeviceId;
  readonly userId: UserId;
  /** What a tracker tells of it. */
  source(...ports: readonly number[]): Source;
}

export async function createTestDevice(userName = 'Ana'): Promise<TestDevice> {
  const { privateKeyPem, certificatePem } = await createSelfSigned('enxame device', Date.now());
  const certificate = new X509Certificate(certificatePem);
  const userKey = createUserKey(randomBytes(32));
  const deviceId = toCertificateDeviceId(certificate);
  const grant = createDeviceGrant(userKey, { publicKey: certificate.publicKey, name: 'a computer', issuedAt: 1 });
  return {
    tls: { key: privateKeyPem, cert: certificatePem },
    deviceId,
    userId: toUserId(createPublicKey(userKey)),
    source: (...ports) => ({
      deviceId,
      userName,
      grant,
      addresses: ports.map((port) => ({ host: '127.0.0.1', port })),
      complete: true,
    }),
  };
}
