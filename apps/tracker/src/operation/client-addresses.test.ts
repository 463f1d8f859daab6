import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createClientAddresses } from './client-addresses.js';

const clients = createClientAddresses(['127.0.0.1', '10.0.0.0/8', '2001:db8::/32']);

function originOf(remoteAddress: string, headers: IncomingHttpHeaders, encrypted = false) {
  return clients.originOf({ socket: { remoteAddress, encrypted } as { remoteAddress: string }, headers });
}

describe('who asks', () => {
  it('T85: is where the connection comes from, whatever somebody who is no proxy says', () => {
    const headers = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' };
    expect(originOf('198.51.100.7', headers)).toEqual({ host: '198.51.100.7', isProxied: false, isTls: false });
    expect(originOf('::ffff:198.51.100.7', {}, true)).toEqual({ host: '198.51.100.7', isProxied: false, isTls: true });
  });

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:4711', '192.0.2.1'],
    ['[2001:DB9::1]:4711', '2001:db9::1'],
    ['2001:DB9::1', '2001:db9::1'],
    ['6.6.6.6, 192.0.2.1', '192.0.2.1'],
    ['6.6.6.6, 192.0.2.1, 10.1.1.1', '192.0.2.1'],
    ['127.0.0.1, 192.0.2.1', '192.0.2.1'],
    ['nobody', '10.0.0.1'],
    ['', '10.0.0.1'],
    ['10.0.0.2', '10.0.0.1'],
  ])('T85: is what a proxy says, up to the last who is none: %j', (forwarded, host) => {
    expect(originOf('10.0.0.1', { 'x-forwarded-for': forwarded })).toMatchObject({ host, isProxied: true });
  });

  it('T85: comes over TLS when the proxy says so', () => {
    const headers = { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' };
    expect(originOf('10.0.0.1', headers)).toMatchObject({ isTls: true });
    expect(originOf('10.0.0.1', { ...headers, 'x-forwarded-proto': 'http' }, true)).toMatchObject({ isTls: false });
  });
});
