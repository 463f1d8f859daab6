import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { maxAddresses, type DeviceAddress } from '@enxame/shared/tracker/person';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Nobody else's device is there: unspecified, link-local (without its zone no one can dial it), multicast, reserved. */
const unreachable = new BlockList();
unreachable.addSubnet('0.0.0.0', 8, 'ipv4');
unreachable.addSubnet('169.254.0.0', 16, 'ipv4');
unreachable.addSubnet('224.0.0.0', 3, 'ipv4');
unreachable.addAddress('::', 'ipv6');
unreachable.addSubnet('fe80::', 10, 'ipv6');
unreachable.addSubnet('ff00::', 8, 'ipv6');

/**
 * An IP address in the one form in which it is compared: IPv6 compressed and in lower case, without a zone, and an
 * IPv4 address inside IPv6 as IPv4. What is no IP address comes back as it is.
 */
export function normaliseHost(host: string): string {
  const bare = host.replace(/%.*$/, '');
  if (!isIPv6(bare)) return bare;
  const compressed = new URL(`http://[${bare}]/`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(compressed);
  if (!mapped) return compressed;
  const [high, low] = [parseInt(mapped[1] ?? '', 16), parseInt(mapped[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

export function isLoopbackHost(host: string): boolean {
  return isInList(loopback, host);
}

function isInList(list: BlockList, host: string): boolean {
  return isIPv4(host) ? list.check(host, 'ipv4') : isIPv6(host) && list.check(host, 'ipv6');
}

/**
 * Where a device can be reached: what it announced, without what cannot be dialled from elsewhere, and the address
 * that its own connection comes from, with the port that it announced. A loopback address counts only when the
 * device's connection comes from loopback: the tracker and the device are then one computer.
 */
export function toDeviceAddresses(announced: readonly DeviceAddress[], remoteHost: string): DeviceAddress[] {
  const isHere = isLoopbackHost(remoteHost);
  const candidates = announced.map(({ host, port }) => ({ host: normaliseHost(host), port }));
  const port = announced[0]?.port;
  if (port !== undefined) candidates.push({ host: remoteHost, port });
  const usable = candidates.filter(
    ({ host }) => !isInList(unreachable, host) && (isHere || !isLoopbackHost(host)) && (isIPv4(host) || isIPv6(host)),
  );
  const unique = new Map(usable.map((address) => [`${address.host} ${String(address.port)}`, address]));
  // The observed one is the last, and is not cut off: it is the only one that the device did not make up.
  const addresses = [...unique.values()];
  return addresses.length <= maxAddresses
    ? addresses
    : [...addresses.slice(0, maxAddresses - 1), ...addresses.slice(-1)];
}

/** The addresses to hand to a device whose connection comes from `requesterHost`: loopback ones never leave. */
export function addressesFor(requesterHost: string, addresses: readonly DeviceAddress[]): DeviceAddress[] {
  return isLoopbackHost(requesterHost) ? [...addresses] : addresses.filter(({ host }) => !isLoopbackHost(host));
}
