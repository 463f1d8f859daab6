import { networkInterfaces } from 'node:os';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import { maxAddresses } from '@enxame/shared/tracker/person';

/** The addresses of this computer with the port of its peer server; loopback last: it only serves this computer. */
export function listAddresses(port: number): DeviceAddress[] {
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  // A link-local address of IPv6 means nothing without the interface that it was seen on.
  const usable = found.filter(({ address }) => !/^fe80:/i.test(address));
  const ordered = [...usable.filter(({ internal }) => !internal), ...usable.filter(({ internal }) => internal)];
  return ordered.slice(0, maxAddresses).map(({ address }) => ({ host: address, port }));
}

/** A computer that moved to another network says so after this at the latest. */
const checkEveryMs = 30_000;

/** Calls back with the addresses whenever they are others than before. Returns what ends it. */
export function watchAddresses(port: number, onChange: (addresses: DeviceAddress[]) => void): () => void {
  let known = JSON.stringify(listAddresses(port));
  const timer = setInterval(() => {
    const addresses = listAddresses(port);
    const text = JSON.stringify(addresses);
    if (text === known) return;
    known = text;
    onChange(addresses);
  }, checkEveryMs);
  return () => {
    clearInterval(timer);
  };
}
