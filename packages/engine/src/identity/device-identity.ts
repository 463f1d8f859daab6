import { createPrivateKey, createPublicKey, randomBytes, X509Certificate, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { createSelfSigned, toCertificateDeviceId } from '@enxame/identity/certificate';
import { createDeviceGrant } from '@enxame/identity/device-grant';
import { fromBase64url, toBase64url } from '@enxame/identity/encoding';
import { toUserId } from '@enxame/identity/public-key';
import { createUserKey, fromRecoveryWords, toRecoveryWords, userSecretBytes } from '@enxame/identity/user-key';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { languages, type Language } from '@enxame/shared/language';
import { base64urlSchema, type DeviceGrant } from '@enxame/shared/identity/grant';
import type { DeviceId, UserId } from '@enxame/shared/ids';
import { readKeyDocument, writeJsonDocument } from '@enxame/storage/json-document';
import { z } from 'zod';

const documentSchema = z.object({
  version: z.literal(1),
  /** What the recovery words say; the user key follows from it. */
  userSecret: base64urlSchema(userSecretBytes),
  deviceKey: z.string().refine(isPrivateKey),
  certificate: z.string().refine(isCertificate),
});

/** The keys of this installation: whose it is, and which device it is. */
export interface DeviceIdentity {
  readonly userId: UserId;
  readonly userKey: KeyObject;
  readonly deviceId: DeviceId;
  readonly deviceKey: KeyObject;
  /** Of `deviceKey`. */
  readonly publicKey: KeyObject;
  /** For TLS: the device key and its certificate in PEM. */
  readonly tls: { readonly key: string; readonly cert: string };
  grant(deviceName: string): DeviceGrant;
  /** What brings the user key to another computer. */
  recoveryWords(language: Language): string[];
  /** Makes the device one of the user whose words they are; durable when it resolves. Throws `recovery-words-wrong`. */
  restoreUser(words: string): Promise<void>;
}

/**
 * Reads the identity of a data folder, or makes it on the first start; the file is for its owner only. Throws
 * `identity-broken`: a damaged one is never replaced, because the secret in it may be the only one.
 */
export async function openDeviceIdentity(dataFolder: string, now: () => number): Promise<DeviceIdentity> {
  const path = join(dataFolder, 'identity.json');
  let document = await readKeyDocument(path, documentSchema);
  if (!document) {
    const { privateKeyPem, certificatePem } = await createSelfSigned('enxame device', now());
    const userSecret = toBase64url(randomBytes(userSecretBytes));
    document = { version: 1, userSecret, deviceKey: privateKeyPem, certificate: certificatePem };
    await writeJsonDocument(path, document);
  }
  let kept = document;
  let userKey = createUserKey(fromBase64url(kept.userSecret));
  const deviceKey = createPrivateKey(document.deviceKey);
  return {
    get userId() {
      return toUserId(createPublicKey(userKey));
    },
    get userKey() {
      return userKey;
    },
    deviceId: toCertificateDeviceId(new X509Certificate(document.certificate)),
    deviceKey,
    publicKey: createPublicKey(deviceKey),
    tls: { key: document.deviceKey, cert: document.certificate },
    grant: (deviceName) =>
      createDeviceGrant(userKey, { publicKey: createPublicKey(deviceKey), name: deviceName, issuedAt: now() }),
    recoveryWords: (language) => toRecoveryWords(fromBase64url(kept.userSecret), language).split(' '),
    restoreUser: async (words) => {
      const secret = readRecoveryWords(words);
      const next = { ...kept, userSecret: toBase64url(secret) };
      await writeJsonDocument(path, next);
      kept = next;
      userKey = createUserKey(secret);
    },
  };
}

/** The secret that the words say in whichever language they are. */
function readRecoveryWords(words: string): Uint8Array {
  for (const language of languages) {
    try {
      const secret = fromRecoveryWords(words, language);
      if (secret.length === userSecretBytes) return secret;
    } catch {
      continue; // not in this language
    }
  }
  throw new EnxameError('recovery-words-wrong');
}

function isPrivateKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false; // the document is told to be broken
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false; // the document is told to be broken
  }
}
