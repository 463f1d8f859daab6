import { isIPv6 } from 'node:net';

/** What counts as one remote side: an IPv4 address, or the /64 of an IPv6 one, which is what one customer gets. */
export function toAddressGroup(host: string): string {
  if (!isIPv6(host)) return host;
  const [head = '', tail = ''] = host.split('::');
  const start = head === '' ? [] : head.split(':');
  const end = tail === '' ? [] : tail.split(':');
  const gap = host.includes('::') ? Array.from({ length: 8 - start.length - end.length }, () => '0') : [];
  return `${[...start, ...gap, ...end].slice(0, 4).join(':')}::/64`;
}
