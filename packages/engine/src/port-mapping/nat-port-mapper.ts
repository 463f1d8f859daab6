import { deadline } from '@enxame/wormhole/deadline';
import { isIPv4 } from 'node:net';
import { pmpNat, upnpNat, type Gateway, type PortMapping as LibraryMapping } from '@achingbrain/nat-port-mapper';
import { deviceAddressSchema } from '@enxame/shared/tracker/person';
import { findDefaultGateway } from './default-gateway.js';
import type { PortMapper, PortMapping } from './port-mapper.js';

/** A router that was going to answer has done so. */
const searchMs = 5000;
const lifeMs = 60 * 60_000;
/** As the list of a router's mappings shows it. */
const description = 'Enxame';
const farewellMs = 2000;

/**
 * UPnP and NAT-PMP, by a library. It would renew by itself; when that is done, and told, is ours (keep-mapped.ts).
 * Its search reads `../../package.json` when it is loaded: a bundle must lie two folders below one, as the desktop's does.
 */
export function createNatPortMapper(): PortMapper {
  const options = { ttl: lifeMs, description, autoRefresh: false };
  const upnp = upnpNat(options);
  const gateways = new Map<string, Gateway>();

  async function mapAt(gateway: Gateway, port: number, signal: AbortSignal): Promise<PortMapping | undefined> {
    gateways.set(gateway.id, gateway);
    let mapping: LibraryMapping | undefined;
    for await (const each of gateway.mapAll(port, { protocol: 'TCP', signal })) mapping ??= each;
    if (!mapping || !isIPv4(mapping.externalHost)) return undefined;
    // A router says what it likes; the schema is what others are told.
    const address = deviceAddressSchema.safeParse({ host: mapping.externalHost, port: mapping.externalPort });
    return address.success ? { address: address.data, lifeMs } : undefined;
  }

  async function mapByUpnp(port: number, signal: AbortSignal): Promise<PortMapping | undefined> {
    for await (const gateway of upnp.findGateways({ signal })) {
      const mapping = await mapAt(gateway, port, signal);
      if (mapping) return mapping;
    }
    return undefined;
  }

  async function mapByPmp(port: number, signal: AbortSignal): Promise<PortMapping | undefined> {
    const host = await findDefaultGateway();
    return host === undefined ? undefined : mapAt(gateways.get(host) ?? pmpNat(host, options), port, signal);
  }

  return {
    map: async (port, signal) => {
      const stop = new AbortController();
      const limited = AbortSignal.any([signal, stop.signal, deadline(searchMs)]);
      // One that fails while the other works is no news; when neither works, what was said against it is.
      const tries = [mapByUpnp(port, limited), mapByPmp(port, limited)];
      try {
        const found = tries.map(async (attempt) => (await attempt) ?? Promise.reject(new Error('no router')));
        return await Promise.any(found);
      } catch {
        signal.throwIfAborted();
        return undefined;
      } finally {
        stop.abort();
        await Promise.allSettled(tries);
      }
    },
    close: async () => {
      const open = [...gateways.values()];
      gateways.clear();
      await Promise.allSettled(open.map((gateway) => gateway.stop({ signal: AbortSignal.timeout(farewellMs) })));
    },
  };
}
