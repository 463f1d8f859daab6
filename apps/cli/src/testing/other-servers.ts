import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { freePort } from '@enxame/engine/testing/free-port';
import type { CodeBench } from './code-bench.js';

const packages = '/usr/lib/python3/dist-packages';

/** The mailbox server and the transit relay of Magic Wormhole themselves, as Debian has them. */
export const hasOtherServers =
  existsSync('/usr/bin/twistd3') &&
  ['wormhole_mailbox_server', 'wormhole_transit_relay'].every((name) => existsSync(join(packages, name)));

export interface OtherServers {
  /** ws:, with its path. */
  readonly mailboxUrl: string;
  readonly relayPort: number;
}

/** Ends with the bench. `command` goes before their own command lines, as that of a namespace does. */
export async function startOtherServers(
  bench: CodeBench,
  { host = '127.0.0.1', command = [], relayPort: port }: {
    readonly host?: string;
    readonly command?: readonly string[];
    readonly relayPort?: number;
  } = {},
): Promise<OtherServers> {
  const folder = await bench.newFolder('other-servers');
  const start = async (plugin: string, at: number, args: readonly string[]): Promise<void> => {
    const cwd = join(folder, plugin);
    await mkdir(cwd);
    const listen = `--port=tcp:${String(at)}:interface=${host}`;
    const line = [...command, 'twistd3', '--nodaemon', '--pidfile=', plugin, listen, ...args];
    // It says on its output when it listens.
    await bench.run(line[0] ?? '', line.slice(1), { cwd }).line(/ starting on /);
  };
  const [mailboxPort, relayPort] = [await freePort(), port ?? (await freePort())];
  await Promise.all([
    start('wormhole-mailbox', mailboxPort, ['--channel-db=mailbox.sqlite']),
    start('transitrelay', relayPort, []),
  ]);
  return { mailboxUrl: `ws://${host}:${String(mailboxPort)}/v1`, relayPort };
} // prettier-ignore

/** A port that leads to another one: for a program that knows its relay by one name and port only. */
export async function forwardPort(from: number, to: number): Promise<{ close(): void }> {
  const server = createServer((socket) => {
    const other = connect(to, '127.0.0.1');
    for (const [one, next] of [[socket, other], [other, socket]] as const) one.on('error', () => next.destroy()).pipe(next); // prettier-ignore
  });
  server.listen(from, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
