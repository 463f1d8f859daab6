import { networkInterfaces } from 'node:os';
import type { RouterState } from '@enxame/shared/engine/doctor';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import { maxAddresses } from '@enxame/shared/tracker/person';
import type { Logger } from 'pino';
import { keepMapped } from './port-mapping/keep-mapped.js';
import type { PortMapper } from './port-mapping/port-mapper.js';

/**
 * The addresses of this computer with the port of its peer server, and those that a router gave it; loopback last: it
 * only serves this computer.
 */
function listAddresses(port: number, mapped: readonly DeviceAddress[]): DeviceAddress[] {
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  // A link-local address of IPv6 means nothing without the interface that it was seen on.
  const usable = found.filter(({ address }) => !/^fe80:/i.test(address));
  const toAddress = ({ address }: { address: string }): DeviceAddress => ({ host: address, port });
  const own = usable.filter(({ internal }) => !internal).map(toAddress);
  // What a router lets through to an address of IPv6 is that address itself.
  const others = mapped.filter(
    ({ host, port: mappedPort }) => mappedPort !== port || own.every((one) => one.host !== host),
  );
  // The first one says which port the tracker adds to the address that it sees.
  return [...own, ...others, ...usable.filter(({ internal }) => internal).map(toAddress)].slice(0, maxAddresses);
}

/** A computer that moved to another network, or that is to map no port any more, says so after this at the latest. */
const checkEveryMs = 30_000;

/** Where this device can be reached, as it changes. */
export interface OwnAddresses {
  readonly list: DeviceAddress[];
  readonly router: RouterState;
  /** Gives a mapped port back. Twice without harm. */
  close(): Promise<void>;
}

export function openOwnAddresses(options: {
  readonly port: number;
  /** Without it no port is mapped. */
  readonly mapper: PortMapper | undefined;
  readonly mayMap: () => boolean;
  /** As `PortToMap` has it. */
  readonly secret: Uint8Array;
  /** They are others than before. */
  readonly onChange: (addresses: DeviceAddress[]) => void;
  readonly logger: Logger;
  readonly random: () => number;
}): OwnAddresses {
  const { port, mapper, mayMap, secret, logger, random } = options;
  const mapped =
    mapper && keepMapped({ mapper, wanted: { port, secret }, isOn: mayMap, onChange: look, logger, random });
  let list = listAddresses(port, mapped?.addresses ?? []);
  let couldMap = mayMap();

  function look(): void {
    const next = listAddresses(port, mapped?.addresses ?? []);
    if (JSON.stringify(next) === JSON.stringify(list)) return;
    list = next;
    options.onChange(next);
  }

  const timer = setInterval(() => {
    const before = list;
    look();
    if (before !== list || couldMap !== mayMap()) mapped?.lookAgain();
    couldMap = mayMap();
  }, checkEveryMs);
  return {
    get list() {
      return list;
    },
    get router() {
      return mapped?.router ?? 'off';
    },
    close: async () => {
      clearInterval(timer);
      await mapped?.close();
    },
  };
}
