import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const enxame = fileURLToPath(new URL('../bin/enxame.mjs', import.meta.url));
const wormhole = '/usr/bin/wormhole';
const william = '/usr/bin/wormhole-william';
const hasWormhole = existsSync(wormhole);
/** It sends only with its author's relay, whose name this test gives another address: that takes a mount of its own. */
const hasWilliam = existsSync(william) && process.getuid?.() === 0 && existsSync('/usr/bin/unshare');
for (const [name, isThere] of [
  ['wormhole', hasWormhole],
  ['wormhole-william', hasWilliam],
] as const)
  // prettier-ignore
  if (!isThere) process.stdout.write(`Codes were not tried with ${name}: it is not installed, or this is not root.\n`);

let folder: string;
let tracker: ChildProcess;
let url: string;
let relay: Server;
const running = new Set<ChildProcess>();

interface Run {
  readonly child: ChildProcess;
  /** The first line of standard output that matches. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  readonly end: Promise<{ readonly code: number | null; readonly output: string }>;
}

function run(
  command: string,
  args: readonly string[],
  options: { cwd?: string; home?: string; input?: string } = {},
): Run {
  const child = spawn(command, args, {
    cwd: options.cwd ?? folder,
    env: { ...process.env, LC_ALL: 'C.UTF-8', ENXAME_HOME: options.home ?? join(folder, 'home') },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  running.add(child);
  child.stdin.end(options.input ?? '');
  let output = '';
  const lines: string[] = [];
  let wake: () => void = () => undefined;
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (text) => {
      output += `${text}\n`;
      lines.push(text);
      wake();
    });
  }
  const end = once(child, 'close').then(([code]) => {
    running.delete(child);
    wake();
    return { code: code as number | null, output };
  });
  return {
    child,
    end,
    line: async (pattern) => {
      for (;;) {
        const found = lines.map((text) => pattern.exec(text)).find((match) => match !== null);
        if (found) return found;
        if (!running.has(child)) throw new Error(`it ended without ${String(pattern)}:\n${output}`);
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

const runEnxame = (home: string, ...args: string[]): Run =>
  run(process.execPath, [enxame, '--tracker', url, ...args], { home: join(folder, home) });

const mailbox = (): string => `ws://127.0.0.1:${new URL(url).port}/v1`;

/** The words of a code that a sender made. */
async function codeOf(sender: Run): Promise<string> {
  const [, code = ''] = await sender.line(/(?:code is:?|receive) (\d+-[\w-]+)/);
  return code;
}

function runWilliam(args: readonly string[], cwd: string, input = ''): Run {
  const script = 'mount --bind "$1" /etc/hosts && shift && exec "$@"';
  return run('/usr/bin/unshare', ['--mount', 'sh', '-c', script, 'sh', join(folder, 'hosts'), william, ...args], { cwd, input }); // prettier-ignore
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-codes-'));
  const started = run(process.execPath, [enxame, '--json', 'tracker', '--host', '127.0.0.1', '--port', '0']);
  tracker = started.child;
  url = (JSON.parse((await started.line(/"ready"/)).input) as { url: string }).url;
  await writeFile(join(folder, 'hosts'), '127.0.0.1 localhost\n127.0.0.1 transit.magic-wormhole.io\n');
  // Where wormhole-william expects its relay; it must be ours that answers.
  relay = createServer((socket) => {
    const other = connect(Number(new URL(url).port), '127.0.0.1');
    for (const [from, to] of [
      [socket, other],
      [other, socket],
    ] as const)
      // prettier-ignore
      from.on('error', () => to.destroy()).pipe(to);
  });
  if (hasWilliam) {
    relay.listen(4001, '127.0.0.1');
    await once(relay, 'listening');
  }
});

afterAll(async () => {
  tracker.kill();
  for (const child of running) child.kill('SIGKILL');
  relay.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function makeFile(name: string, bytes = 1_000_000): Promise<{ path: string; content: Buffer }> {
  const path = join(folder, name);
  const content = randomBytes(bytes);
  await writeFile(path, content);
  return { path, content };
}

async function makeFolder(name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(join(path, 'sub', 'empty'), { recursive: true });
  await writeFile(join(path, 'sub', 'relação.txt'), 'olá');
  await writeFile(join(path, 'top.bin'), Buffer.alloc(300_000, 5));
  return path;
}

async function newFolder(name: string): Promise<string> {
  const path = join(folder, name);
  await mkdir(path);
  return path;
}

describe('codes between two computers with Enxame', () => {
  it('W42 carry a file, and both sides know that it arrived', async () => {
    const { path, content } = await makeFile('file.bin');
    const sender = runEnxame('a', 'send', path);
    const receiver = runEnxame('b', '--json', 'receive', await codeOf(sender), '--yes', '--to', join(folder, 'got'));
    const { code, output } = await receiver.end;
    expect({ code, output }).toMatchObject({ code: 0 });
    const document = JSON.parse(output) as { path: string; sha256: string };
    expect(await readFile(document.path)).toEqual(content);
    expect((await sender.end).code).toBe(0);
  });

  it('W30 serve several receivers of one code, until it is stopped', async () => {
    const path = await makeFolder('many');
    const sender = runEnxame('a', 'send', '--keep', path);
    const said = await codeOf(sender);
    const receivers = [1, 2, 3].map((number) =>
      runEnxame(`many-${String(number)}`, 'receive', said, '--yes', '--to', join(folder, `many-got-${String(number)}`)),
    );
    for (const receiver of receivers) expect(await receiver.end).toMatchObject({ code: 0 });
    const got = await readdir(join(folder, 'many-got-2', 'many'), { recursive: true });
    expect(got.sort()).toEqual(['sub', 'sub/empty', 'sub/relação.txt', 'top.bin']);
    sender.child.kill('SIGTERM');
    await sender.end;
  });

  it('W12 says of a wrong code only that it is wrong or expired', async () => {
    const { path } = await makeFile('wrong.bin', 10);
    const sender = runEnxame('a', '--json', 'send', path);
    const [, nameplate = ''] = await sender.line(/"code":"(\d+)-/);
    const receiver = runEnxame('b', '--json', 'receive', `${nameplate}-abacate-abacate`, '--yes');
    expect(JSON.parse((await receiver.end).output)).toMatchObject({ error: { code: 'code-wrong' } });
    expect((await sender.end).output).toContain('"code-ended"');
  });
});

describe.skipIf(!hasWormhole)('codes between Enxame and the command wormhole', () => {
  const relayArgs = (): string[] => [
    '--relay-url',
    mailbox(),
    '--transit-helper',
    `tcp:127.0.0.1:${new URL(url).port}`,
  ];

  it('W40 carry a file and a folder to it', async () => {
    const to = await newFolder('to-wormhole');
    const { path, content } = await makeFile('out.bin');
    const sender = runEnxame('a', 'send', path);
    const receiver = run(wormhole, [...relayArgs(), 'receive', '--accept-file', await codeOf(sender)], { cwd: to });
    expect(await receiver.end).toMatchObject({ code: 0 });
    expect(await sender.end).toMatchObject({ code: 0 });
    expect(await readFile(join(to, 'out.bin'))).toEqual(content);

    const zipper = runEnxame('a', 'send', await makeFolder('out'));
    const unzipper = run(wormhole, [...relayArgs(), 'receive', '--accept-file', await codeOf(zipper)], { cwd: to });
    expect(await unzipper.end).toMatchObject({ code: 0 });
    expect(await readFile(join(to, 'out', 'sub', 'relação.txt'), 'utf8')).toBe('olá');
  });

  it('W40 carry a text both ways', async () => {
    const sender = runEnxame('a', 'send', '--text', 'olá de cá');
    const receiver = run(wormhole, [...relayArgs(), 'receive', await codeOf(sender)]);
    expect((await receiver.end).output).toContain('olá de cá');
    expect(await sender.end).toMatchObject({ code: 0 });
    const other = run(wormhole, [...relayArgs(), 'send', '--text', 'olá de lá']);
    expect((await runEnxame('b', 'receive', await codeOf(other)).end).output).toBe('olá de lá\n');
  });

  it('W41 carry a file and a folder from it, over the relay where nothing else is left', async () => {
    const { path, content } = await makeFile('in.bin');
    const sender = run(wormhole, [...relayArgs(), 'send', path]);
    const receiver = runEnxame('b', 'receive', await codeOf(sender), '--yes', '--to', join(folder, 'from-wormhole'));
    expect(await receiver.end).toMatchObject({ code: 0 });
    expect(await sender.end).toMatchObject({ code: 0 });
    expect(await readFile(join(folder, 'from-wormhole', 'in.bin'))).toEqual(content);

    const zipper = run(wormhole, [...relayArgs(), 'send', await makeFolder('in')]);
    const unzipper = runEnxame('b', 'receive', await codeOf(zipper), '--yes', '--to', join(folder, 'from-wormhole'));
    expect(await unzipper.end).toMatchObject({ code: 0 });
    expect(await readFile(join(folder, 'from-wormhole', 'in', 'sub', 'relação.txt'), 'utf8')).toBe('olá');
  });
});

describe.skipIf(!hasWilliam)('codes between Enxame and the command wormhole-william', () => {
  const relayArgs = (): string[] => ['--relay-url', mailbox(), '--hide-progress'];

  it('W40 carry a file to it', async () => {
    const to = await newFolder('to-william');
    const { path, content } = await makeFile('william.bin');
    const sender = runEnxame('a', 'send', path);
    const receiver = runWilliam(['receive', ...relayArgs(), await codeOf(sender)], to, 'y\n');
    expect(await receiver.end).toMatchObject({ code: 0 });
    expect(await sender.end).toMatchObject({ code: 0 });
    expect(await readFile(join(to, 'william.bin'))).toEqual(content);
  });

  it('W41 carry a file, a folder and a text from it', async () => {
    const { path, content } = await makeFile('from-william.bin');
    for (const [sent, landed] of [
      [path, 'from-william.bin'],
      [await makeFolder('williams'), 'williams'],
    ] as const) {
      // prettier-ignore
      const sender = runWilliam(['send', ...relayArgs(), sent], folder);
      const receiver = runEnxame('b', 'receive', await codeOf(sender), '--yes', '--to', join(folder, 'from-william'));
      expect(await receiver.end).toMatchObject({ code: 0 });
      expect(await sender.end).toMatchObject({ code: 0 });
      expect(existsSync(join(folder, 'from-william', landed))).toBe(true);
    }
    expect(await readFile(join(folder, 'from-william', 'from-william.bin'))).toEqual(content);
    const text = runWilliam(['send', '--relay-url', mailbox(), '--text', 'olá'], folder);
    expect((await runEnxame('b', 'receive', await codeOf(text)).end).output).toBe('olá\n');
  });
});
