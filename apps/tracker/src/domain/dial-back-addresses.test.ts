import { describe, expect, it } from 'vitest';
import { toDialBackAddresses } from './dial-back-addresses.js';

const at = (host: string, port = 40001) => ({ host, port });

describe('toDialBackAddresses', () => {
  it.each([
    ['the host that it comes from', '198.51.100.7', '203.0.113.9', at('198.51.100.7'), true],
    ['that host, at a port of a well-known service', '198.51.100.7', '203.0.113.9', at('198.51.100.7', 25), false],
    ['somebody else', '198.51.100.7', '203.0.113.9', at('192.0.2.66'), false],
    ['an inner network that only it is in', '198.51.100.7', '203.0.113.9', at('192.168.1.5'), false],
    ['an inner network behind the same router', '198.51.100.7', '198.51.100.7', at('192.168.1.5'), true],
    ['the inner network of the tracker', '192.168.1.5', '192.168.1.6', at('192.168.1.5'), true],
    ['another address of its /64', '2001:db8:1:2::5', '2001:db8:9::1', at('2001:db8:1:2:aaaa::1'), true],
    ['an address of another /64', '2001:db8:1:2::5', '2001:db8:9::1', at('2001:db8:1:3::5'), false],
    ['this computer, from elsewhere', '198.51.100.7', '203.0.113.9', at('127.0.0.1'), false],
    ['this computer, when both are on it', '127.0.0.1', '127.0.0.1', at('127.0.0.1'), true],
  ])('T52: %s', (_, requesterHost, askedHost, address, isTold) => {
    const told = toDialBackAddresses({ remoteHost: requesterHost, addresses: [address] }, { remoteHost: askedHost });
    expect(told).toEqual(isTold ? [address] : []);
  });
});
