import { BlockList, isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';
import { normaliseHost } from '../domain/device-addresses.js';
import { addToList } from './setting-table.js';

/** How a request came here. */
export interface RequestOrigin {
  /** Of who asks, in normal form: what a trusted proxy says, else where the connection comes from. */
  readonly host: string;
  /** A trusted proxy passed it on: the connection is not the asker's own. */
  readonly isProxied: boolean;
  /** The asker's own connection is TLS, as far as a trusted proxy says so. */
  readonly isTls: boolean;
}

/** Who asks, where proxies stand before the tracker. Headers of anybody else do not count: they can be made up. */
export interface ClientAddresses {
  readonly isProxy: (host: string) => boolean;
  originOf(request: {
    readonly socket: { readonly remoteAddress?: string | undefined };
    readonly headers: IncomingHttpHeaders;
  }): RequestOrigin;
}

export function createClientAddresses(trusted: readonly string[]): ClientAddresses {
  const list = new BlockList();
  for (const item of trusted) addToList(list, item);
  const isProxy = (host: string): boolean => {
    const family = isIP(host);
    return family !== 0 && list.check(host, family === 6 ? 'ipv6' : 'ipv4');
  };
  return {
    isProxy,
    originOf: ({ socket, headers }) => {
      const peer = normaliseHost(socket.remoteAddress ?? '');
      const isTls = 'encrypted' in socket && socket.encrypted === true;
      const forwarded = headers['x-forwarded-for'];
      if (!isProxy(peer) || forwarded === undefined) return { host: peer, isProxied: false, isTls };
      // Each proxy adds at the end who asked it; what stands before the last one that is no proxy of ours is hearsay.
      const hops = String(forwarded).split(',').map((hop) => toHost(hop.trim())); // prettier-ignore
      const host = hops.reverse().find((hop) => !isProxy(hop)) ?? peer;
      const isAddress = isIP(host) !== 0;
      return { host: isAddress ? host : peer, isProxied: true, isTls: headers['x-forwarded-proto'] === 'https' };
    },
  };
}

/** `192.0.2.7:1234` and `[2001:db8::1]:1234` too, as some proxies write it. */
function toHost(text: string): string {
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1];
  const withPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1];
  return normaliseHost((bracketed ?? withPort ?? text).slice(0, 100));
}
