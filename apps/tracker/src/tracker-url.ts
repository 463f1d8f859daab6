import { isIPv6 } from 'node:net';

const everywhere = new Set(['', '0.0.0.0', '::']);

/** The address that a device on this computer takes: exactly what it is started with. */
export function toTrackerUrl(host: string, port: number): string {
  const reachable = everywhere.has(host) ? '127.0.0.1' : host;
  return `https://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${String(port)}`;
}

/** The addresses for other computers of the local network; none when the tracker listens on one address only. */
export function toLanUrls(
  host: string,
  port: number,
  interfaces: Iterable<{ readonly address: string; readonly family: string; readonly internal: boolean }>,
): string[] {
  if (!everywhere.has(host)) return [];
  return Array.from(interfaces)
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => toTrackerUrl(address, port));
}
