import { BlockList, isIPv6 } from 'node:net';
import type { NetworkInterfaceInfo } from 'node:os';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import { toPathKind } from './path-kind.js';

/**
 * Whether others may make this computer dial an address: one of the open network, or of an inner network that this
 * computer is in itself. Never its own services, nor an inner network behind its router.
 */
export function mayDialForOthers(
  address: DeviceAddress,
  interfaces: Iterable<Pick<NetworkInterfaceInfo, 'address' | 'netmask' | 'family' | 'internal' | 'cidr'>>,
  /** The tracker is on this computer too, so that everybody is. */
  isTrackerHere: boolean,
): boolean {
  const kind = toPathKind(address);
  if (kind === 'this-computer') return isTrackerHere;
  if (kind !== 'lan') return true;
  const own = new BlockList();
  for (const { internal, cidr, family } of interfaces) {
    const [net, bits] = cidr?.split('/') ?? [];
    if (!internal && net !== undefined) own.addSubnet(net, Number(bits), family === 'IPv6' ? 'ipv6' : 'ipv4');
  }
  return own.check(address.host, isIPv6(address.host) ? 'ipv6' : 'ipv4');
}
