import { createNetNodes, inside, whyNoNetNodes } from './net-nodes.js';

/** How a side is joined to the open network. */
export const natKinds = [
  /** It has a public address. */
  'none',
  /** A router that keeps one outer port for an inner one, wherever it leads: what most homes have. */
  'nat',
  /** A router that takes another outer port for each destination. */
  'symmetric',
  /** IPv6: addresses of its own, and a router that lets in only what belongs to what went out. */
  'firewall',
] as const;
export type NatKind = (typeof natKinds)[number];

/** Two devices and a tracker, each in a network namespace, with what lies between them. */
export interface NatNetwork {
  /** Goes before a program's own command line. */
  readonly inTracker: readonly string[];
  readonly inLeft: readonly string[];
  readonly inRight: readonly string[];
  /** As it stands in an address: one of IPv6 in brackets. */
  readonly trackerHost: string;
  /** Gives a side another address in the place of its own; only of the kind `none`. */
  move(side: 'left' | 'right'): Promise<void>;
  close(): Promise<void>;
}

export const whyNoNatNetwork = (): string | undefined => whyNoNetNodes(['iptables', 'ip6tables']);

/** Addresses of documentation (RFC 5737, RFC 3849) play the open network; a network is of IPv6 when a side is behind `firewall`. */
export async function createNatNetwork(
  left: NatKind,
  right: NatKind,
  family: 'ipv4' | 'ipv6' = 'ipv4',
): Promise<NatNetwork> {
  const nodes = createNetNodes();
  const isIpv6 = family === 'ipv6';
  const iptables = isIpv6 ? 'ip6tables' : 'iptables';
  const outer = (index: number): string => (isIpv6 ? `2001:db8::${String(index)}/64` : `203.0.113.${String(index)}/24`);
  const inner = (side: number, index: number): string =>
    isIpv6 ? `2001:db8:${String(side)}::${String(index)}` : `192.168.${String(side)}.${String(index)}`;

  const open = await nodes.add('open');
  await nodes.run(open, 'ip', 'link', 'add', 'br0', 'type', 'bridge');
  await nodes.run(open, 'ip', 'addr', 'add', outer(1), 'dev', 'br0');
  await nodes.run(open, 'ip', 'link', 'set', 'dev', 'br0', 'up');

  async function side(name: string, kind: NatKind, index: number): Promise<{ device: string; router: string }> {
    const router = await nodes.add(`${name}r`);
    const wan = { node: router, device: 'wan', addresses: [outer(index * 10)] };
    await nodes.link(wan, { node: open, device: `to${name}` });
    await nodes.run(open, 'ip', 'link', 'set', 'dev', `to${name}`, 'master', 'br0');
    if (kind === 'none') return { device: router, router };
    const device = await nodes.add(name);
    const bits = isIpv6 ? '64' : '24';
    const lan = { node: router, device: 'lan', addresses: [`${inner(index, 1)}/${bits}`] };
    await nodes.link({ node: device, device: 'eth0', addresses: [`${inner(index, 2)}/${bits}`] }, lan);
    await nodes.run(device, 'ip', ...(isIpv6 ? ['-6'] : []), 'route', 'add', 'default', 'via', inner(index, 1));
    const forwarding = isIpv6 ? 'net.ipv6.conf.all.forwarding=1' : 'net.ipv4.ip_forward=1';
    await nodes.run(router, 'sysctl', '-qw', forwarding);
    const random = kind === 'symmetric' ? ['--random'] : [];
    if (!isIpv6)
      await nodes.run(router, iptables, ...'-t nat -A POSTROUTING -o wan -j MASQUERADE'.split(' '), ...random);
    for (const chain of ['INPUT', 'FORWARD']) {
      const known = ['-i', 'wan', '-m', 'conntrack', '--ctstate', 'ESTABLISHED,RELATED', '-j', 'ACCEPT'];
      await nodes.run(router, iptables, '-A', chain, ...known);
      // How the two sides of a wire find each other in IPv6 is a matter of this wire.
      if (isIpv6) await nodes.run(router, iptables, '-A', chain, '-i', 'wan', '-p', 'icmpv6', '-j', 'ACCEPT');
      await nodes.run(router, iptables, '-A', chain, '-i', 'wan', '-j', 'DROP');
    }
    return { device, router };
  }
  const sides = [await side('l', left, 1), await side('r', right, 2)] as const;
  if (isIpv6) {
    // Nothing is rewritten on the way: everybody outside has to know where the inner networks are.
    for (const [at, { router }] of sides.entries()) {
      const route = [`2001:db8:${String(at + 1)}::/64`, 'via', `2001:db8::${String(at + 1)}0`];
      const others = [open, ...sides.map((each) => each.router).filter((each) => each !== router)];
      for (const each of others) await nodes.run(each, 'ip', '-6', 'route', 'add', ...route);
    }
  }
  return {
    inTracker: inside(open),
    inLeft: inside(sides[0].device),
    inRight: inside(sides[1].device),
    trackerHost: isIpv6 ? '[2001:db8::1]' : '203.0.113.1',
    move: async (which) => {
      const at = which === 'left' ? 0 : 1;
      const { router } = sides[at];
      await nodes.run(router, 'ip', 'addr', 'del', outer((at + 1) * 10), 'dev', 'wan');
      await nodes.run(router, 'ip', 'addr', 'add', outer((at + 1) * 10 + 5), 'dev', 'wan');
    },
    close: () => nodes.close(),
  };
}
