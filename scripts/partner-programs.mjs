// Other people's programs that tests meet: what is missing is installed from Debian where that can be done.

import { access } from 'node:fs/promises';
import { canInstall, installDebian } from './debian-packages.mjs';

const partners = [
  { path: '/usr/bin/wormhole', debianPackage: 'magic-wormhole' },
  { path: '/usr/bin/wormhole-william', debianPackage: 'wormhole-william' },
  { path: '/usr/lib/python3/dist-packages/spake2', debianPackage: 'python3-spake2' },
  {
    path: '/usr/lib/python3/dist-packages/wormhole_mailbox_server',
    debianPackage: 'python3-magic-wormhole-mailbox-server',
  },
  { path: '/usr/lib/python3/dist-packages/wormhole_transit_relay', debianPackage: 'magic-wormhole-transit-relay' },
  // Networks in which two computers do not reach each other.
  { path: '/usr/sbin/ip', debianPackage: 'iproute2' },
  { path: '/usr/sbin/iptables', debianPackage: 'iptables' },
  // A router that opens ports when it is asked to.
  { path: '/usr/sbin/nft', debianPackage: 'nftables' },
  { path: '/usr/sbin/miniupnpd', debianPackage: 'miniupnpd-nftables' },
];

/**
 * Tests that need one that is still missing skip, and say so.
 * @param {(line: string) => void} say
 */
export async function ensurePartners(say) {
  const missing = await findMissing();
  if (missing.length === 0) return;
  const names = missing.map(({ debianPackage }) => debianPackage);
  if (!(await canInstall())) {
    say(`Not installed, so not tried with: ${names.join(', ')}`);
    return;
  }
  say(`Installing Debian's ${names.join(', ')} ...`);
  const output = await installDebian(names);
  const left = await findMissing();
  if (left.length > 0) {
    say(`Could not be installed: ${left.map(({ debianPackage }) => debianPackage).join(', ')}\n${output}`);
  }
}

async function findMissing() {
  const found = await Promise.all(partners.map(({ path }) => exists(path)));
  return partners.filter((_, index) => !found[index]);
}

async function exists(path) {
  try {
    await access(path);
    return true;
  } catch {
    return false; // it is not there, whatever the reason
  }
}
