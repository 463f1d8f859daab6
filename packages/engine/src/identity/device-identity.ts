import { createPrivateKey, createPublicKey, randomBytes, X509Certificate, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { createSelfSigned, toCertificateDeviceId } from '@enxame/identity/certificate';
import { createDeviceGrant } from '@enxame/identity/device-grant';
import { fromBase64url, toBase64url } from '@enxame/identity/encoding';
import { toUserId } from '@enxame/identity/public-key';
import { createUserKey, userSecretBytes } from '@enxame/identity/user-key';
import { base64urlSchema, type DeviceGrant } from '@enxame/shared/identity/grant';
import type { DeviceId, UserId } from '@enxame/shared/ids';
import { readJsonDocument, writeJsonDocument, type OnBroken } from '@enxame/storage/json-document';
import { z } from 'zod';

const documentSchema = z.object({
  version: z.literal(1),
  /** What the recovery words say; the user key follows from it. */
  userSecret: base64urlSchema(userSecretBytes),
  deviceKey: z.string(),
  certificate: z.string(),
});

/** The keys of this installation: whose it is, and which device it is. */
export interface DeviceIdentity {
  readonly userId: UserId;
  readonly userKey: KeyObject;
  readonly deviceId: DeviceId;
  readonly deviceKey: KeyObject;
  /** For TLS: the device key and its certificate in PEM. */
  readonly tls: { readonly key: string; readonly cert: string };
  grant(deviceName: string): DeviceGrant;
}

/**
 * Reads the identity of a data folder, or makes it on the first start; the file is for its owner only. A broken one is
 * set aside, never overwritten: the words in it may be the only ones.
 */
export async function openDeviceIdentity(
  dataFolder: string,
  onBroken: OnBroken,
  now: () => number,
): Promise<DeviceIdentity> {
  const path = join(dataFolder, 'identity.json');
  let document = await readJsonDocument(path, documentSchema, onBroken, now);
  if (!document) {
    const { privateKeyPem, certificatePem } = await createSelfSigned('enxame device', now());
    const userSecret = toBase64url(randomBytes(userSecretBytes));
    document = { version: 1, userSecret, deviceKey: privateKeyPem, certificate: certificatePem };
    await writeJsonDocument(path, document);
  }
  const userKey = createUserKey(fromBase64url(document.userSecret));
  const deviceKey = createPrivateKey(document.deviceKey);
  return {
    userId: toUserId(createPublicKey(userKey)),
    userKey,
    deviceId: toCertificateDeviceId(new X509Certificate(document.certificate)),
    deviceKey,
    tls: { key: document.deviceKey, cert: document.certificate },
    grant: (deviceName) =>
      createDeviceGrant(userKey, { publicKey: createPublicKey(deviceKey), name: deviceName, issuedAt: now() }),
  };
}
