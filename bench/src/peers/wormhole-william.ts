import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, untilListening } from './free-port.js';
import { whyMissing, type NeededProgram } from './programs.js';

const wormholePrograms: readonly NeededProgram[] = [
  { command: 'wormhole-william', debianPackage: 'wormhole-william' },
  { command: 'twistd3', debianPackage: 'python3-magic-wormhole-mailbox-server' },
  { command: '/usr/lib/python3/dist-packages/wormhole_mailbox_server', debianPackage: 'python3-magic-wormhole-mailbox-server' },
  { command: '/usr/lib/python3/dist-packages/wormhole_transit_relay', debianPackage: 'magic-wormhole-transit-relay' },
]; // prettier-ignore

/** Built into wormhole-william: no option names another relay. */
const relayName = 'transit.magic-wormhole.io';
const relayPort = 4001;

export interface Wormhole {
  /** Of its mailbox server: ws:, with its path. */
  readonly mailboxUrl: string;
  /** Offers a file or a folder. Resolves when somebody may say the code. */
  send(path: string): Promise<{ readonly code: string; readonly sent: Promise<void> }>;
  /** Takes what somebody else offers into a folder that is there; milliseconds from its start to its exit. */
  receive(code: string, into: string): Promise<number>;
  /** Sends a file or a folder into a folder that is there; milliseconds from the receiver's start to its exit. */
  transfer(path: string, into: string): Promise<number>;
  /** Twice without harm. */
  close(): Promise<void>;
}

/** Why it cannot be started here, or what of it is missing; undefined when it can. */
export async function whyNoWormhole(say: (line: string) => void): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs Linux and root, to name its relay';
  const missing = await whyMissing(wormholePrograms, say);
  if (missing !== undefined) return missing;
  try {
    await freePort(relayPort);
  } catch {
    return `the port of its relay, ${String(relayPort)}, is taken`;
  }
  return undefined;
}

/**
 * wormhole-william with its mailbox server and its transit relay on loopback. It finds the relay by its public name
 * only, so its processes get an /etc/hosts of their own. Ask `whyNoWormhole` first.
 */
export async function startWormhole(folder: string): Promise<Wormhole> {
  await mkdir(folder, { recursive: true });
  const hosts = join(folder, 'hosts');
  await writeFile(hosts, `127.0.0.1 localhost ${relayName}\n`);
  const mailboxPort = await freePort();
  const running: ChildProcess[] = [];
  const close = async (): Promise<void> => {
    for (const child of running.splice(0)) {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
  };
  try {
    running.push(startTwisted(folder, 'wormhole-mailbox', mailboxPort, ['--channel-db=mailbox.sqlite']));
    running.push(startTwisted(folder, 'transitrelay', relayPort, []));
    await Promise.all([untilListening(mailboxPort), untilListening(relayPort)]);
  } catch (error) {
    await close();
    throw error;
  }

  const mailboxUrl = `ws://127.0.0.1:${String(mailboxPort)}/v1`;

  function start(cwd: string, args: readonly string[]): ChildProcess {
    const own = 'mount --bind "$1" /etc/hosts && shift && exec "$@"';
    const command = ['wormhole-william', '--relay-url', mailboxUrl, ...args];
    const isolation = ['--mount', '--propagation', 'private', 'sh', '-c', own, 'sh', hosts];
    const child = spawn('unshare', [...isolation, ...command], { cwd, stdio: ['pipe', 'pipe', 'inherit'] });
    child.stdout.resume();
    running.push(child);
    return child;
  }

  async function send(path: string): ReturnType<Wormhole['send']> {
    const code = `${String(randomInt(100, 1000))}-${randomInt(2 ** 32).toString(36)}-bench`;
    const sender = start(folder, ['send', '--hide-progress', '--code', code, path]);
    const sent = untilDone(sender);
    // It says what to do on the other computer: it is ready. Or it ends, and says why on its error output.
    await Promise.race([sender.stdout && once(sender.stdout, 'data'), sent]);
    return { code, sent };
  }

  async function receive(code: string, into: string): Promise<number> {
    const startedAt = performance.now();
    const receiver = start(into, ['receive', '--hide-progress', code]);
    receiver.stdin?.end('y\n'); // yes, this file
    await untilDone(receiver);
    return performance.now() - startedAt;
  }

  return {
    mailboxUrl,
    send,
    receive,
    transfer: async (path, into) => {
      const { code, sent } = await send(path);
      const [ms] = await Promise.all([receive(code, into), sent]);
      return ms;
    },
    close,
  };

  async function untilDone(child: ChildProcess): Promise<void> {
    const [code] = (await once(child, 'exit')) as [number | null];
    running.splice(running.indexOf(child), 1);
    if (code !== 0) throw new Error(`wormhole-william ended with ${String(code)}`);
  }
}

function startTwisted(folder: string, plugin: string, port: number, args: readonly string[]): ChildProcess {
  const listen = `--port=tcp:${String(port)}:interface=127.0.0.1`;
  return spawn('twistd3', ['--nodaemon', '--pidfile=', `--logfile=${plugin}.log`, plugin, listen, ...args], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
