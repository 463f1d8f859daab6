import { createPublicKey, X509Certificate } from 'node:crypto';
import { connect, createServer, type TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createSelfSigned, toCertificateDeviceId, toCertificateHash } from './certificate.js';
import { toDeviceId } from './public-key.js';

const now = Date.UTC(2026, 10, 20);
const yearMs = 365 * 24 * 3_600_000;

describe('a self-signed certificate', () => {
  it('I8: is for its P-256 key, begins in the past and outlives the computer', async () => {
    const { privateKeyPem, certificatePem } = await createSelfSigned('Enxame device', now, ['localhost']);
    const certificate = new X509Certificate(certificatePem);
    expect(certificate.subject).toBe('CN=Enxame device');
    expect(certificate.subjectAltName).toBe('DNS:localhost');
    expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(Date.parse(certificate.validFrom)).toBeLessThan(now);
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(now + 39 * yearMs);
    expect(toCertificateDeviceId(certificate)).toBe(toDeviceId(createPublicKey(privateKeyPem)));
    expect(toCertificateHash(certificate.raw)).toBe(certificate.fingerprint256.replaceAll(':', '').toLowerCase());
  });

  it('I8: proves the device on both ends of a TLS 1.3 connection', async () => {
    const [here, there] = await Promise.all([createSelfSigned('a', now), createSelfSigned('b', now)]);
    const deviceOf = ({ certificatePem }: { certificatePem: string }) =>
      toCertificateDeviceId(new X509Certificate(certificatePem));
    const seenBy = (socket: TLSSocket) => toCertificateDeviceId(socket.getPeerX509Certificate() as X509Certificate);
    const options = { minVersion: 'TLSv1.3', rejectUnauthorized: false } as const;
    const server = createServer({
      ...options,
      requestCert: true,
      key: there.privateKeyPem,
      cert: there.certificatePem,
    });
    const accepted = new Promise<TLSSocket>((resolve) => server.once('secureConnection', resolve));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const client = connect({ ...options, host: '127.0.0.1', port, key: here.privateKeyPem, cert: here.certificatePem });
    await new Promise<void>((resolve) => client.once('secureConnect', resolve));
    const remote = await accepted;
    expect([seenBy(client), seenBy(remote)]).toEqual([deviceOf(there), deviceOf(here)]);
    expect(client.getProtocol()).toBe('TLSv1.3');
    client.destroy();
    remote.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
});
