import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { DirectHint } from '@enxame/wormhole/transit/hints';

/** Where codes meet: a mailbox server, and a transit relay for two sides that cannot reach each other. */
export interface Rendezvous {
  readonly url: string;
  readonly relays: readonly DirectHint[];
}

/** What other mailbox servers answer at; ours, too. */
const mailboxPath = '/v1';

/**
 * A tracker is both (its normal form is `https://host:port`). Of any other mailbox server (`ws:` or `wss:`) only the
 * mailbox is known; the relay is that of the tracker in use, where there is one. Throws `tracker-address-invalid`.
 */
export function toRendezvous(address: string, trackerUrl: string | undefined): Rendezvous {
  const invalid = new EnxameError('tracker-address-invalid', { address: address.slice(0, 100) });
  if (!URL.canParse(address)) throw invalid;
  const url = new URL(address);
  switch (url.protocol) {
    case 'ws:':
    case 'wss:':
      return {
        url: url.toString(),
        relays: trackerUrl === undefined ? [] : toRendezvous(trackerUrl, undefined).relays,
      };
    case 'https:': {
      const port = url.port === '' ? 443 : Number(url.port);
      const hostname = url.hostname.replace(/^\[|\]$/g, '');
      return { url: `wss://${url.host}${mailboxPath}`, relays: [{ type: 'direct-tcp-v1', hostname, port }] };
    }
    default:
      throw invalid;
  }
}
