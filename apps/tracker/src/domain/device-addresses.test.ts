import { maxAddresses } from '@enxame/shared/tracker/person';
import { describe, expect, it } from 'vitest';
import { addressesFor, isLoopbackHost, normaliseHost, toDeviceAddresses } from './device-addresses.js';

const at = (...hosts: string[]) => hosts.map((host) => ({ host, port: 4000 }));

describe('addresses of devices', () => {
  it.each([
    ['192.168.1.2', '192.168.1.2'],
    ['::ffff:192.168.1.2', '192.168.1.2'],
    ['::FFFF:C0A8:0102', '192.168.1.2'],
    ['0:0:0:0:0:ffff:7f00:1', '127.0.0.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['not an address', 'not an address'],
  ])('T13: %s is %s', (host, normal) => {
    expect(normaliseHost(host)).toBe(normal);
  });

  it('T13: keeps what can be dialled from elsewhere, and adds where the device was seen, with its port', () => {
    const announced = at('192.168.1.2', '2001:db8::5', '10.0.0.1');
    expect(toDeviceAddresses(announced, '203.0.113.7')).toEqual(
      at('192.168.1.2', '2001:db8::5', '10.0.0.1', '203.0.113.7'),
    );
  });

  it.each([
    '127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '0.0.0.0', '::', '224.0.0.1', '255.255.255.255', 'ff02::1',
    '169.254.1.1', 'fe80::1',
  ])('T13: drops %s, announced from elsewhere', (host) => {
    expect(toDeviceAddresses(at(host), '203.0.113.7')).toEqual(at('203.0.113.7'));
  }); // prettier-ignore

  it('T13: keeps loopback from a device on this computer, and hands it only to devices on this computer', () => {
    const addresses = toDeviceAddresses(at('127.0.0.1', '192.168.1.2', '0.0.0.0'), '127.0.0.1');
    expect(addresses).toEqual(at('127.0.0.1', '192.168.1.2'));
    expect(addressesFor('::1', addresses)).toEqual(addresses);
    expect(addressesFor('192.168.1.9', addresses)).toEqual(at('192.168.1.2'));
  });

  it('T13: has none for a device that announced none: its port is not known', () => {
    expect(toDeviceAddresses([], '203.0.113.7')).toEqual([]);
  });

  it('T13: never has too many, and cuts the announced ones first', () => {
    const announced = at(...Array.from({ length: maxAddresses }, (_, index) => `10.0.0.${String(index + 1)}`));
    const addresses = toDeviceAddresses(announced, '203.0.113.7');
    expect(addresses).toHaveLength(maxAddresses);
    expect(addresses.at(-1)).toEqual({ host: '203.0.113.7', port: 4000 });
  });

  it('T13: knows loopback in every form', () => {
    expect(['127.0.0.1', '127.1.2.3', '::1'].every(isLoopbackHost)).toBe(true);
    expect(['10.0.0.1', '::2', 'localhost', ''].some(isLoopbackHost)).toBe(false);
  });
});
