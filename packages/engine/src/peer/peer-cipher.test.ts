import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestContent } from '../testing/test-content.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';
import { startTestPeer, type TestPeer } from '../testing/test-peer.js';

let bob: TestDevice;
let folder: string;
let peer: TestPeer;

beforeAll(async () => {
  const [alice, other] = await Promise.all([createTestDevice(), createTestDevice('Rui')]);
  bob = other;
  folder = await mkdtemp(join(tmpdir(), 'enxame-cipher-'));
  peer = await startTestPeer(alice, createTestContent(5), join(folder, 'file'));
});
afterAll(async () => {
  await peer.close();
  await rm(folder, { recursive: true });
});

describe('P40: the cheapest cipher that both have', () => {
  it.each([
    ['what its library has', {}, 'TLS_AES_128_GCM_SHA256'],
    ['AES-256 first', { ciphers: 'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256' }, 'TLS_AES_128_GCM_SHA256'],
    ['AES-256 alone', { ciphers: 'TLS_AES_256_GCM_SHA384' }, 'TLS_AES_256_GCM_SHA384'],
    ['ChaCha20 alone', { ciphers: 'TLS_CHACHA20_POLY1305_SHA256' }, 'TLS_CHACHA20_POLY1305_SHA256'],
  ])('P40: for a client that offers %s', async (_offer, ciphers, expected) => {
    const socket = connect({ host: '127.0.0.1', port: peer.port, ...bob.tls, rejectUnauthorized: false, ...ciphers });
    await once(socket, 'secureConnect');
    expect(socket.getCipher().standardName).toBe(expected);
    socket.destroy();
  });
});
