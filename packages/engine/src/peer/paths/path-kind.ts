import { BlockList, isIPv6 } from 'node:net';
import type { PathKind } from '@enxame/shared/engine/transfer';
import type { DeviceAddress } from '@enxame/shared/tracker/person';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const local = new BlockList();
for (const [net, bits] of [['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['169.254.0.0', 16], ['100.64.0.0', 10]] as const) local.addSubnet(net, bits, 'ipv4'); // prettier-ignore
for (const [net, bits] of [
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  local.addSubnet(net, bits, 'ipv6');

/** How bytes travel to an address, as far as the address tells. */
export function toPathKind({ host }: DeviceAddress): PathKind {
  const family = isIPv6(host) ? 'ipv6' : 'ipv4';
  if (loopback.check(host, family)) return 'this-computer';
  return local.check(host, family) ? 'lan' : 'direct';
}
