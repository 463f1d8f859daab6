import { createHmac } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { deviceAddressSchema } from '@enxame/shared/tracker/person';
import { deadline } from '@enxame/wormhole/deadline';
import { findDefaultGateway } from './default-gateway.js';
import { nonceBytes, parseMapAnswer, pcpPort, toMapRequest, type MapAnswer } from './pcp-message.js';
import type { PortMapper, PortMapping, PortToMap } from './port-mapper.js';
import { askByUdp } from './udp-question.js';

export interface PcpDeps {
  readonly findGateway?: (family: 'ipv4' | 'ipv6') => Promise<string | undefined>;
  /** The addresses of the open network that this computer has itself. */
  readonly listIpv6?: () => readonly string[];
  readonly serverPort?: number;
}

const askedLifeSeconds = 60 * 60;
/** A router that says more is not believed for longer. (RFC 6887, 15) */
const maxLifeSeconds = 24 * 60 * 60;
const farewellMs = 2000;

/** A router that speaks PCP said no, and why. */
export class RouterRefusal extends Error {}

/** What one router is asked for. */
interface Wish {
  readonly gateway: string;
  readonly localHost: string | undefined;
  readonly wanted: PortToMap;
}

/** What it gave. */
interface Held extends Wish {
  readonly mapping: PortMapping;
}

/**
 * Port Control Protocol (RFC 6887): a port of the router's for IPv4, and a hole in its firewall for each address of IPv6.
 * No library of Node speaks it. Each renewal is the whole request, which makes anew what a router forgot: the epoch in its
 * answers (8.5) would tell nothing that is not done anyway, and its announcements are not listened to.
 */
export function createPcpPortMapper(deps: PcpDeps = {}): PortMapper {
  const { findGateway = findDefaultGateway, listIpv6 = listOpenIpv6, serverPort = pcpPort } = deps;
  let held = new Map<string, Held>();

  /** One exchange with a router. (11.2 to 11.5) */
  function ask(at: Wish | Held, lifeSeconds: number, signal: AbortSignal): Promise<MapAnswer> {
    const { gateway, localHost, wanted } = at;
    // What it gave before is named when that is given back, too: miniupnpd finds a hole of IPv6 by its outer port.
    const before = ('mapping' in at ? at : held.get(keyOf(at)))?.mapping.address;
    const requestFrom = (clientHost: string) => ({
      clientHost,
      nonce: toNonce(wanted, clientHost),
      internalPort: wanted.port,
      lifeSeconds,
      external: before ?? { host: isIPv4(clientHost) ? '0.0.0.0' : '::', port: wanted.port },
    });
    let request = requestFrom(localHost ?? '0.0.0.0');
    return askByUdp({
      host: gateway,
      port: serverPort,
      localHost,
      signal,
      ask: (clientHost) => toMapRequest((request = requestFrom(clientHost))),
      parse: (answer) => parseMapAnswer(answer, request),
    });
  }

  async function mapAt(at: Wish, signal: AbortSignal): Promise<Held | undefined> {
    const answer = await ask(at, askedLifeSeconds, signal);
    if (answer.kind === 'other-version') return undefined;
    if (answer.kind === 'refused') throw new RouterRefusal(answer.reason);
    // A router says what it likes; the schema is what others are told.
    const address = deviceAddressSchema.parse({ host: answer.host, port: answer.port });
    return { ...at, mapping: { address, lifeMs: Math.min(answer.lifeSeconds, maxLifeSeconds) * 1000 } };
  }

  return {
    map: async (wanted, signal) => {
      const [ipv4, ipv6] = await Promise.all([findGateway('ipv4'), findGateway('ipv6')]);
      const places = [
        ...(ipv4 === undefined ? [] : [{ gateway: ipv4, localHost: undefined, wanted }]),
        ...(ipv6 === undefined ? [] : listIpv6().map((localHost) => ({ gateway: ipv6, localHost, wanted }))),
      ];
      const tries = await Promise.allSettled(places.map((at) => mapAt(at, signal)));
      const got = tries.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []));
      held = new Map(got.map((each) => [keyOf(each), each]));
      const refused = tries.find((result) => result.status === 'rejected');
      if (got.length === 0 && refused) throw refused.reason;
      return got.map(({ mapping }) => mapping);
    },
    close: async () => {
      const open = [...held.values()];
      held = new Map();
      await Promise.allSettled(open.map((each) => ask(each, 0, deadline(farewellMs))));
    },
  };
}

const keyOf = ({ gateway, localHost, wanted }: Wish): string => `${gateway} ${localHost ?? ''} ${String(wanted.port)}`;

/** A mapping can be renewed and given back only with the nonce it was made with, also by an engine that was killed since. (11.2) */
function toNonce({ port, secret }: PortToMap, clientHost: string): Uint8Array {
  const text = `enxame pcp ${clientHost} ${String(port)}`;
  return createHmac('sha256', secret).update(text).digest().subarray(0, nonceBytes);
}

/** Those of 2000::/3. */
function listOpenIpv6(): string[] {
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return found
    .filter(({ internal, address }) => !internal && /^[23][0-9a-f]{3}:/i.test(address))
    .map(({ address }) => address);
}
