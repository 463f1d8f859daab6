import { deadline } from '@enxame/wormhole/deadline';
import { isIP, isIPv4 } from 'node:net';
import { pmpNat, upnpNat, type Gateway, type PortMapping as LibraryMapping } from '@achingbrain/nat-port-mapper';
import { deviceAddressSchema } from '@enxame/shared/tracker/person';
import { findDefaultGateway } from './default-gateway.js';
import { createPcpPortMapper, RouterRefusal } from './pcp-port-mapper.js';
import type { PortMapper, PortMapping } from './port-mapper.js';

/** A router that was going to answer has done so. */
const searchMs = 5000;
/** One that speaks the newest protocol says so at once; the others are not asked meanwhile, or it would map twice. */
const pcpMs = 3500;
/** The other family's answer may be on its way. */
const graceMs = 3000;
const lifeMs = 60 * 60_000;
/** As the list of a router's mappings shows it. */
const description = 'Enxame';
const farewellMs = 2000;

/** One router says the same id for both families. */
const keyOf = ({ id, family }: Pick<Gateway, 'id' | 'family'>): string => `${id} ${family}`;

type AddMapping = (mapping: PortMapping | undefined) => void;

/**
 * Port Control Protocol, ours; where a router does not speak it, UPnP and NAT-PMP, by a library. It would renew by
 * itself; when that is done, and told, is ours (keep-mapped.ts). Its search reads `../../package.json` when it is
 * loaded: a bundle must lie two folders below one, as the desktop's does.
 */
export function createNatPortMapper(pcp: PortMapper = createPcpPortMapper()): PortMapper {
  const options = { ttl: lifeMs, description, autoRefresh: false };
  const upnp = upnpNat(options);
  const gateways = new Map<string, Gateway>();
  /** What NAT-PMP mapped: the library gives back by itself only what it renews. */
  const pmpPorts = new Map<string, number>();

  async function mapAt(gateway: Gateway, port: number, signal: AbortSignal): Promise<PortMapping | undefined> {
    gateways.set(keyOf(gateway), gateway);
    let mapping: LibraryMapping | undefined;
    for await (const each of gateway.mapAll(port, { protocol: 'TCP', signal })) mapping ??= each;
    // For an address of IPv6 that is of an inner network, the library tells the outer one of IPv4, which leads nowhere.
    if (!mapping || isIP(mapping.externalHost) !== isIP(mapping.internalHost)) return undefined;
    // A router says what it likes; the schema is what others are told.
    const address = deviceAddressSchema.safeParse({ host: mapping.externalHost, port: mapping.externalPort });
    return address.success ? { address: address.data, lifeMs } : undefined;
  }

  /** A router answers once for each family, and to each question. */
  async function mapByUpnp(port: number, signal: AbortSignal, add: AddMapping): Promise<void> {
    for await (const gateway of upnp.findGateways({ signal })) {
      add(await mapAt(gateway, port, signal));
    }
  }

  async function mapByPmp(port: number, signal: AbortSignal, add: AddMapping): Promise<void> {
    const host = await findDefaultGateway();
    if (host === undefined) return;
    const known = gateways.get(keyOf({ id: host, family: 'IPv4' }));
    const mapping = await mapAt(known ?? pmpNat(host, { ...options, ttl: lifeMs / 1000 }), port, signal);
    if (mapping) pmpPorts.set(host, port);
    add(mapping);
  }

  /** One that fails while the other works is no news. The search ends a moment after the first answer, or with its time. */
  async function mapByOthers(port: number, signal: AbortSignal): Promise<readonly PortMapping[]> {
    const found: PortMapping[] = [];
    const enough = new AbortController();
    const limited = AbortSignal.any([signal, enough.signal, deadline(searchMs)]);
    let grace: NodeJS.Timeout | undefined;
    const add = (mapping: PortMapping | undefined): void => {
      if (!mapping) return;
      found.push(mapping);
      grace ??= setTimeout(() => { enough.abort(); }, graceMs); // prettier-ignore
    };
    await Promise.allSettled([mapByUpnp(port, limited, add), mapByPmp(port, limited, add)]);
    clearTimeout(grace);
    signal.throwIfAborted();
    // Two ways to one port of one router are one.
    return [...new Map(found.map((mapping) => [JSON.stringify(mapping.address), mapping])).values()];
  }

  return {
    map: async (wanted, signal) => {
      const [byPcp] = await Promise.allSettled([pcp.map(wanted, AbortSignal.any([signal, deadline(pcpMs)]))]);
      signal.throwIfAborted();
      const found = byPcp.status === 'fulfilled' ? byPcp.value : [];
      if (found.some(({ address }) => isIPv4(address.host))) return found;
      const all = [...(await mapByOthers(wanted.port, signal)), ...found];
      if (all.length === 0 && byPcp.status === 'rejected' && byPcp.reason instanceof RouterRefusal) throw byPcp.reason;
      return all;
    },
    close: async () => {
      const open = [...gateways.values()];
      gateways.clear();
      await Promise.allSettled([
        pcp.close(),
        ...open.map(async (gateway) => {
          const signal = deadline(farewellMs);
          const port = pmpPorts.get(gateway.id);
          if (port !== undefined) await gateway.unmap(port, { signal });
          await gateway.stop({ signal });
        }),
      ]);
      pmpPorts.clear();
    },
  };
}
