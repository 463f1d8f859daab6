import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSelfSigned, type SelfSigned } from '@enxame/identity/certificate';
import { encodePublicKey, toTrackerId } from '@enxame/identity/public-key';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { TrackerId } from '@enxame/shared/ids';
import { readJsonDocument, writeJsonDocument, type OnBroken } from '@enxame/storage/json-document';
import { z } from 'zod';

export interface TrackerIdentity {
  readonly trackerId: TrackerId;
  readonly privateKey: KeyObject;
  /** SPKI, base64url. */
  readonly publicKey: string;
}

const identityFile = 'identity.json';
const identitySchema = z.object({ version: z.literal(1), privateKeyPem: z.string() });
const certificateSchema = z
  .object({ version: z.literal(1), privateKeyPem: z.string(), certificatePem: z.string() })
  .refine(isKeyOfCertificate);

/**
 * The key by which everybody knows this tracker; made on the first start. A damaged one is not replaced, because a new
 * key is a new network for all who joined: throws `identity-broken`.
 */
export async function openTrackerIdentity(folder: string): Promise<TrackerIdentity> {
  const path = join(folder, identityFile);
  const text = await readIfThere(path);
  if (text !== undefined) return toIdentity(parseIdentity(text));
  const { privateKey } = generateKeyPairSync('ed25519');
  const privateKeyPem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  await writeJsonDocument(path, { version: 1, privateKeyPem });
  return toIdentity(privateKey);
}

/** The certificate for TLS; another one later is no harm, because the tracker's key vouches for it. */
export async function openOwnCertificate(
  folder: string,
  options: { readonly now: number; readonly hostName: string; readonly onBroken: OnBroken },
): Promise<SelfSigned> {
  const path = join(folder, 'tls.json');
  const known = await readJsonDocument(path, certificateSchema, options.onBroken);
  if (known) return known;
  const made = await createSelfSigned('Enxame tracker', options.now, [options.hostName, 'localhost']);
  await writeJsonDocument(path, { version: 1, ...made });
  return made;
}

function toIdentity(privateKey: KeyObject): TrackerIdentity {
  const key = createPublicKey(privateKey);
  return { trackerId: toTrackerId(key), privateKey, publicKey: encodePublicKey(key) };
}

function parseIdentity(text: string): KeyObject {
  try {
    const key = createPrivateKey(identitySchema.parse(JSON.parse(text)).privateKeyPem);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (error) {
    throw new EnxameError('identity-broken', { file: identityFile }, { cause: error });
  }
  throw new EnxameError('identity-broken', { file: identityFile });
}

function isKeyOfCertificate({ privateKeyPem, certificatePem }: SelfSigned): boolean {
  try {
    return new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(privateKeyPem));
  } catch {
    return false; // not PEM: the document is damaged, and is set aside as such
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
