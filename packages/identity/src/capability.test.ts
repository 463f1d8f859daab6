import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { capabilityLifeMs } from '@enxame/shared/peer/capability';
import type { ContentId, DeviceId, UserId } from '@enxame/shared/ids';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkCapability, isCapability, signCapability } from './capability.js';
import { createSelfSigned, toCertificateDeviceId } from './certificate.js';

const id = (letter: string): string => letter.repeat(51).concat('a');
const contentId = id('c') as ContentId;
const receiver = id('r') as DeviceId;
const now = Date.UTC(2026, 10, 20);

let issuer: DeviceId;
let key: KeyObject;
let other: KeyObject;
let capability: string;

beforeAll(async () => {
  const [own, another] = await Promise.all([createSelfSigned('a', now), createSelfSigned('b', now)]);
  issuer = toCertificateDeviceId(new X509Certificate(own.certificatePem));
  key = createPublicKey(createPrivateKey(own.privateKeyPem));
  other = createPublicKey(createPrivateKey(another.privateKeyPem));
  const grant = { iss: issuer, sub: receiver, aud: contentId, name: 'laptop #1', uid: id('u') as UserId };
  ({ capability } = await signCapability(createPrivateKey(own.privateKeyPem), grant, now));
});

describe('W51: a capability', () => {
  const expected = () => ({ issuer, deviceId: receiver, contentId });

  it('is good for the device and the content that it names', async () => {
    expect(isCapability(capability)).toBe(true);
    expect(await checkCapability(capability, key, expected(), now)).toMatchObject({ name: 'laptop #1' });
  });

  it.each([
    ['another device', { deviceId: id('x') as DeviceId }],
    ['another content', { contentId: id('x') as ContentId }],
    ['another issuer', { issuer: id('x') as DeviceId }],
  ])('is not good for %s', async (_, change) => {
    await expect(checkCapability(capability, key, { ...expected(), ...change }, now)).rejects.toMatchObject({ code: 'ticket-invalid' }); // prettier-ignore
  });

  it('is not good when another key signed it, when it was changed, or when its time is over', async () => {
    const refused = { code: 'ticket-invalid' };
    await expect(checkCapability(capability, other, expected(), now)).rejects.toMatchObject(refused);
    const at = capability.indexOf('.') + 10;
    const changed = `${capability.slice(0, at)}${capability[at] === 'A' ? 'B' : 'A'}${capability.slice(at + 1)}`;
    await expect(checkCapability(changed, key, expected(), now)).rejects.toMatchObject(refused);
    const late = now + capabilityLifeMs + 10 * 60_000;
    await expect(checkCapability(capability, key, expected(), late)).rejects.toMatchObject(refused);
  });

  it('is told from a ticket, and from what is neither', () => {
    expect(isCapability('eyJhbGciOiJFZERTQSJ9.e30.AA')).toBe(false);
    expect(isCapability('no token')).toBe(false);
  });
});
