import { isIPv6 } from 'node:net';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { trackerPort } from '@enxame/shared/tracker/hello';

export interface TrackerAddress {
  readonly host: string;
  readonly port: number;
  /** Normal form: `https://host:port`. */
  readonly url: string;
}

const hostPattern = /^[\p{L}\p{N}]([\p{L}\p{N}._-]*[\p{L}\p{N}])?\.?$/u;

/**
 * What a person types for a tracker: `192.168.1.20`, `host`, `host:port`, `[::1]:7667` or a URL. Devices always use
 * TLS, so an `http:` address means the same tracker over https. Throws `tracker-address-invalid`.
 */
export function parseTrackerAddress(text: string): TrackerAddress {
  const trimmed = text.trim();
  const invalid = new EnxameError('tracker-address-invalid', { address: trimmed.slice(0, 100) });
  const bare = trimmed.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  const authority = isIPv6(bare) ? `[${bare}]` : bare;
  if (authority === '' || /[/?#@\\\s]/.test(authority)) throw invalid;
  const url = parseUrl(`https://${authority}`);
  if (!url) throw invalid;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!isIPv6(host) && !hostPattern.test(host)) throw invalid;
  // A URL drops the port that is usual for its scheme: somebody who wrote 443 means it.
  const port = url.port !== '' ? Number(url.port) : /:443$/.test(authority) ? 443 : trackerPort;
  if (port === 0) throw invalid;
  return { host, port, url: `https://${url.hostname}:${String(port)}` };
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
