import type { IncomingHttpHeaders } from 'node:http';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

const ownHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * Throws `unauthorized` unless the request was meant for this server by its own page. Host: a foreign name that was made
 * to resolve to this computer (DNS rebinding) would make a foreign page same-origin. Origin: browsers name the page
 * that asks; programs, which need the token all the same, send none.
 */
export function checkHostAndOrigin(headers: IncomingHttpHeaders, port: number): void {
  if (!isOwn(`http://${headers.host ?? ''}`, port)) throw new EnxameError('unauthorized');
  if (headers.origin !== undefined && !isOwn(headers.origin, port)) throw new EnxameError('unauthorized');
}

function isOwn(origin: string, port: number): boolean {
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  const isBare = origin.toLowerCase() === url.origin || origin.toLowerCase() === `${url.origin}:80`;
  return isBare && url.protocol === 'http:' && ownHosts.has(url.hostname) && Number(url.port || 80) === port;
}
