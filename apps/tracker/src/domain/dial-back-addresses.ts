import { BlockList, isIPv6 } from 'node:net';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import { addressesFor } from './device-addresses.js';
import type { Session } from './session.js';

/** Networks that mean something only to those inside. */
const inside = new BlockList();
inside.addSubnet('10.0.0.0', 8, 'ipv4');
inside.addSubnet('172.16.0.0', 12, 'ipv4');
inside.addSubnet('192.168.0.0', 16, 'ipv4');
inside.addSubnet('100.64.0.0', 10, 'ipv4');
inside.addSubnet('fc00::', 7, 'ipv6');

/** No peer server listens below: what does is somebody's mail, web or name server. */
const firstUserPort = 1024;

/**
 * Of all that a device says of itself, what another device may be told to dial: a device must not make others knock
 * at doors of its choice. So only the host that the tracker saw it come from (for IPv6 the same /64), and
 * addresses of an inner network when both came out of the same one. (docs/spec/tracker-protocol.md, T52)
 */
export function toDialBackAddresses(
  requester: Pick<Session, 'remoteHost' | 'addresses'>,
  asked: Pick<Session, 'remoteHost'>,
): DeviceAddress[] {
  const seen = toNetwork(requester.remoteHost);
  const areTogether = requester.remoteHost === asked.remoteHost || (isInside(requester.remoteHost) && isInside(asked.remoteHost)); // prettier-ignore
  return addressesFor(asked.remoteHost, requester.addresses).filter(
    ({ host, port }) => port >= firstUserPort && (toNetwork(host) === seen || (areTogether && isInside(host))),
  );
}

/** The same without anybody else in it: only where the tracker sees the device come from. (T130) */
export function toSeenAddresses({ remoteHost, addresses }: Pick<Session, 'remoteHost' | 'addresses'>): DeviceAddress[] {
  const seen = toNetwork(remoteHost);
  return addresses.filter(({ host, port }) => port >= firstUserPort && toNetwork(host) === seen);
}

const isInside = (host: string): boolean => inside.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');

/** The host itself, or the first half of an IPv6 address: the other half a device chooses, and changes, by itself. */
function toNetwork(host: string): string {
  if (!isIPv6(host)) return host;
  const [head = '', tail] = host.split('::');
  const start = head === '' ? [] : head.split(':');
  const end = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = Array.from({ length: Math.max(0, 8 - start.length - end.length) }, () => '0');
  return [...start, ...gap, ...end].slice(0, 4).join(':');
}
