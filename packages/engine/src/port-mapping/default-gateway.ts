import { readFile } from 'node:fs/promises';
import { fromIpBytes } from './ip-bytes.js';

/** Where Linux tells its routes. */
const files = { ipv4: '/proc/net/route', ipv6: '/proc/net/ipv6_route' } as const;
type Family = keyof typeof files;
const gatewayFlag = 2;

/**
 * The router of this computer where the system tells it in a file: on Linux. Undefined elsewhere, or without one. One of
 * IPv6 has the zone with it where it needs one: `fe80::1%eth0`.
 */
export async function findDefaultGateway(
  family: Family = 'ipv4',
  read = (path: string) => readFile(path, 'utf8'),
): Promise<string | undefined> {
  let text: string;
  try {
    text = await read(files[family]);
  } catch {
    return undefined; // another system, or one that hides it: UPnP finds the router by itself
  }
  return family === 'ipv4' ? findIpv4(text) : findIpv6(text);
}

function findIpv4(text: string): string | undefined {
  for (const line of text.split('\n').slice(1)) {
    const [, destination, gateway] = line.split(/\s+/);
    if (destination === '00000000' && gateway !== undefined && gateway !== '00000000') return toAddress(gateway);
  }
  return undefined;
}

/** Eight hex digits in the order of the machine's bytes; all that Node runs Linux on begin with the lowest. */
function toAddress(hex: string): string {
  return [6, 4, 2, 0].map((at) => String(parseInt(hex.slice(at, at + 2), 16))).join('.');
}

/** Destination, bits of it, source, bits of it, next hop, metric, references, use, flags, interface. The lowest metric counts. */
function findIpv6(text: string): string | undefined {
  let best: { readonly host: string; readonly metric: number } | undefined;
  for (const line of text.split('\n')) {
    const [, bits, , , hop = '', metricHex = '', , , flags = '', device = ''] = line.trim().split(/\s+/);
    if (bits !== '00' || (parseInt(flags, 16) & gatewayFlag) === 0 || !/^[0-9a-f]{32}$/.test(hop)) continue;
    const metric = parseInt(metricHex, 16);
    if (best && best.metric <= metric) continue;
    const host = fromIpBytes(Buffer.from(hop, 'hex'));
    best = { host: host.startsWith('fe80:') ? `${host}%${device}` : host, metric };
  }
  return best?.host;
}
