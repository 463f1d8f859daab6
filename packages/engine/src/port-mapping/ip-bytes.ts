import { isIPv4 } from 'node:net';

const mappedPrefix = Buffer.from('00000000000000000000ffff', 'hex');

/** An address as the 16 bytes of IPv6; one of IPv4 as `::ffff:a.b.c.d`. A zone is left out. (RFC 4291, 2.5.5.2) */
export function toIpBytes(host: string): Buffer {
  if (isIPv4(host)) return Buffer.concat([mappedPrefix, Buffer.from(host.split('.').map(Number))]);
  // The platform's own reader brings every way of writing it to groups of hex digits.
  const [head = '', tail] = new URL(`http://[${host.replace(/%.*$/, '')}]/`).hostname.slice(1, -1).split('::');
  const [start = [], end = []] = [head, tail ?? ''].map((text) => text.split(':').filter((group) => group !== ''));
  const gap = Array.from({ length: 8 - start.length - end.length }, () => '0');
  return Buffer.from([...start, ...gap, ...end].map((group) => group.padStart(4, '0')).join(''), 'hex');
}

/** The other way; 16 bytes. */
export function fromIpBytes(bytes: Buffer): string {
  if (bytes.subarray(0, 12).equals(mappedPrefix)) return [...bytes.subarray(12)].join('.');
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16));
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}
