import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { createSelfSigned, toCertificateDeviceId, type SelfSigned } from '@enxame/identity/certificate';
import { createDeviceGrant } from '@enxame/identity/device-grant';
import type { DeviceGrant } from '@enxame/shared/identity/grant';
import type { DeviceId } from '@enxame/shared/ids';
import { readKeyDocument, writeJsonDocument } from '@enxame/storage/json-document';
import { z } from 'zod';

const schema = z.object({ version: z.literal(1), privateKeyPem: z.string(), certificatePem: z.string() });

/**
 * The tracker as a device: with it the tracker asks sources for contents, and hosted copies have an owner among
 * devices. Its grant is signed by the tracker's own key, so who pinned that key knows it. (docs/adr/0019)
 */
export interface KeeperIdentity {
  readonly deviceId: DeviceId;
  /** The network's. */
  readonly name: string;
  readonly grant: DeviceGrant;
  readonly tls: { readonly key: string; readonly cert: string };
}

/** Opens `keeper.json`, or makes it. Throws `identity-broken`. */
export async function openKeeperIdentity(
  dataFolder: string,
  tracker: { readonly privateKey: KeyObject; readonly name: string },
  now: number,
): Promise<KeeperIdentity> {
  const path = join(dataFolder, 'keeper.json');
  let own: SelfSigned | undefined = await readKeyDocument(path, schema);
  if (!own) {
    own = await createSelfSigned('enxame keeper', now);
    await writeJsonDocument(path, { version: 1, ...own });
  }
  const certificate = new X509Certificate(own.certificatePem);
  const publicKey = createPublicKey(own.privateKeyPem);
  return {
    deviceId: toCertificateDeviceId(certificate),
    name: tracker.name,
    grant: createDeviceGrant(tracker.privateKey, { publicKey, name: tracker.name, issuedAt: now }),
    tls: { key: own.privateKeyPem, cert: own.certificatePem },
  };
}
