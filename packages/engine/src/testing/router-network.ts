import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createNetNodes, inside, whyNoNetNodes } from './net-nodes.js';

/** A device behind a router that opens ports when it is asked to (miniupnpd), and the world outside. */
export interface RouterNetwork {
  /** Goes before a program's own command line. */
  readonly inDevice: readonly string[];
  readonly inOutside: readonly string[];
  readonly outsideHost: string;
  readonly outerHost: string;
  /** The device's own address of IPv6. */
  readonly deviceIpv6: string;
  /** The rules in force at the router, as `nft` tells them. */
  rules(): Promise<string>;
  close(): Promise<void>;
}

/** What its router speaks. */
export interface RouterSpeech {
  readonly pcpAndPmp: boolean;
  readonly upnp: boolean;
}

export const whyNoRouterNetwork = (): string | undefined => whyNoNetNodes(['nft', 'miniupnpd']);

/** Nobody's in there: what is of documentation, miniupnpd takes for an inner network and gives no port of. */
const [outerHost, outsideHost] = ['20.0.0.10', '20.0.0.1'];
const deviceIpv6 = '2a01:db8:7::2';

const ruleset = `
table inet filter {
  chain miniupnpd { }
  chain prerouting_miniupnpd { }
  chain postrouting_miniupnpd { }
  chain forward {
    type filter hook forward priority 0; policy drop;
    ct state established,related accept
    iifname "lan" accept
    jump miniupnpd
  }
  chain prerouting {
    type nat hook prerouting priority -100; policy accept;
    jump prerouting_miniupnpd
  }
  chain postrouting {
    type nat hook postrouting priority 100; policy accept;
    jump postrouting_miniupnpd
    meta nfproto ipv4 oifname "wan" masquerade
  }
}
`;

export async function createRouterNetwork(speaks: RouterSpeech): Promise<RouterNetwork> {
  const folder = await mkdtemp(join(tmpdir(), 'enxame-router-'));
  const nodes = createNetNodes();
  const [device, router, outside] = [await nodes.add('dev'), await nodes.add('rt'), await nodes.add('out')];
  await nodes.link(
    { node: device, device: 'eth0', addresses: ['192.168.7.2/24', `${deviceIpv6}/64`] },
    { node: router, device: 'lan', addresses: ['192.168.7.1/24', '2a01:db8:7::1/64'] },
  );
  await nodes.link(
    { node: router, device: 'wan', addresses: [`${outerHost}/24`, '2a01:db8::10/64'] },
    { node: outside, device: 'wan', addresses: [`${outsideHost}/24`, '2a01:db8::1/64'] },
  );
  await nodes.run(device, 'ip', 'route', 'add', 'default', 'via', '192.168.7.1');
  await nodes.run(device, 'ip', '-6', 'route', 'add', 'default', 'via', '2a01:db8:7::1');
  await nodes.run(router, 'ip', '-6', 'route', 'add', 'default', 'via', '2a01:db8::1');
  await nodes.run(outside, 'ip', '-6', 'route', 'add', '2a01:db8:7::/64', 'via', '2a01:db8::10');
  await nodes.run(router, 'sysctl', '-qw', 'net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1');
  const rules = join(folder, 'rules.nft');
  await writeFile(rules, ruleset);
  await nodes.run(router, 'nft', '-f', rules);
  // One that speaks nothing of it does not run.
  const endDaemon = speaks.pcpAndPmp || speaks.upnp ? await startDaemon(router, folder, speaks) : undefined;
  return {
    inDevice: inside(device),
    inOutside: inside(outside),
    outsideHost,
    outerHost,
    deviceIpv6,
    rules: () => nodes.run(router, 'nft', 'list', 'ruleset'),
    close: async () => {
      await endDaemon?.();
      await nodes.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Resolves with what ends it. */
async function startDaemon(router: string, folder: string, speaks: RouterSpeech): Promise<() => Promise<unknown>> {
  const config = join(folder, 'miniupnpd.conf');
  const isOn = (on: boolean): string => (on ? 'yes' : 'no');
  await writeFile(
    config,
    [
      'ext_ifname=wan', 'ext_ifname6=wan', 'listening_ip=lan', 'port=0', 'secure_mode=yes',
      'upnp_table_name=filter', 'upnp_nat_table_name=filter', 'uuid=5b4c4ad5-6c1c-4d8a-9d1e-2b7b7d3b8f10',
      `enable_natpmp=${isOn(speaks.pcpAndPmp)}`, `enable_upnp=${isOn(speaks.upnp)}`,
      'allow 1024-65535 0.0.0.0/0 1024-65535', 'deny 0-65535 0.0.0.0/0 0-65535', '',
    ].join('\n'), // prettier-ignore
  );
  const [program = '', ...before] = inside(router);
  const args = [...before, 'miniupnpd', '-d', '-f', config, '-P', join(folder, 'pid')];
  const daemon = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(daemon, 'exit');
  await new Promise<void>((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: daemon.stderr }).on('line', (line) => {
      said.push(line);
      if (line.includes(speaks.pcpAndPmp ? 'Listening for NAT-PMP' : 'HTTP listening on port')) resolve();
    });
    daemon.once('exit', () => {
      reject(new Error(`the router's program ended: ${said.join('\n')}`));
    });
  });
  return () => {
    daemon.kill('SIGTERM');
    return ended;
  };
}
