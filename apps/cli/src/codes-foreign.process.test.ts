import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { codeOf, openCodeBench, type CodeBench, type Run } from './testing/code-bench.js';

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

let bench: CodeBench;
let relay: Server;

const mailbox = (): string => `ws://127.0.0.1:${new URL(bench.url).port}/v1`;

function runWilliam(args: readonly string[], cwd: string, input = ''): Run {
  const script = 'mount --bind "$1" /etc/hosts && shift && exec "$@"';
  const hosts = join(bench.folder, 'hosts');
  return bench.run('/usr/bin/unshare', ['--mount', 'sh', '-c', script, 'sh', hosts, william, ...args], { cwd, input });
}

beforeAll(async () => {
  bench = await openCodeBench();
  await writeFile(join(bench.folder, 'hosts'), '127.0.0.1 localhost\n127.0.0.1 transit.magic-wormhole.io\n');
  // Where wormhole-william expects its relay; it must be ours that answers.
  relay = createServer((socket) => {
    const other = connect(Number(new URL(bench.url).port), '127.0.0.1');
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
  relay.close();
  await bench.close();
});

describe.skipIf(!hasWormhole)('codes between Enxame and the command wormhole', () => {
  const relayArgs = (): string[] => [
    '--relay-url',
    mailbox(),
    '--transit-helper',
    `tcp:127.0.0.1:${new URL(bench.url).port}`,
  ];

  it('W40 carry a file and a folder to it', async () => {
    const to = await bench.newFolder('to-wormhole');
    const { path, content } = await bench.makeFile('out.bin');
    const sender = bench.enxame('a', 'send', path);
    const receiver = bench.run(wormhole, [...relayArgs(), 'receive', '--accept-file', await codeOf(sender)], {
      cwd: to,
    });
    expect(await receiver.end).toMatchObject({ code: 0 });
    expect(await sender.end).toMatchObject({ code: 0 });
    expect(await readFile(join(to, 'out.bin'))).toEqual(content);

    const zipper = bench.enxame('a', 'send', await bench.makeFolder('out'));
    const unzipper = bench.run(wormhole, [...relayArgs(), 'receive', '--accept-file', await codeOf(zipper)], {
      cwd: to,
    });
    expect(await unzipper.end).toMatchObject({ code: 0 });
    expect(await readFile(join(to, 'out', 'sub', 'relação.txt'), 'utf8')).toBe('olá');
  });

  it('W40 carry a text both ways', async () => {
    const sender = bench.enxame('a', 'send', '--text', 'olá de cá');
    const receiver = bench.run(wormhole, [...relayArgs(), 'receive', await codeOf(sender)]);
    expect((await receiver.end).output).toContain('olá de cá');
    expect(await sender.end).toMatchObject({ code: 0 });
    const other = bench.run(wormhole, [...relayArgs(), 'send', '--text', 'olá de lá']);
    expect((await bench.enxame('b', 'receive', await codeOf(other)).end).output).toBe('olá de lá\n');
  });

  it('W41 carry a file and a folder from it, over the relay where nothing else is left', async () => {
    const { path, content } = await bench.makeFile('in.bin');
    const sender = bench.run(wormhole, [...relayArgs(), 'send', path]);
    const receiver = bench.enxame(
      'b',
      'receive',
      await codeOf(sender),
      '--yes',
      '--to',
      join(bench.folder, 'from-wormhole'),
    );
    expect(await receiver.end).toMatchObject({ code: 0 });
    expect(await sender.end).toMatchObject({ code: 0 });
    expect(await readFile(join(bench.folder, 'from-wormhole', 'in.bin'))).toEqual(content);

    const zipper = bench.run(wormhole, [...relayArgs(), 'send', await bench.makeFolder('in')]);
    const unzipper = bench.enxame(
      'b',
      'receive',
      await codeOf(zipper),
      '--yes',
      '--to',
      join(bench.folder, 'from-wormhole'),
    );
    expect(await unzipper.end).toMatchObject({ code: 0 });
    expect(await readFile(join(bench.folder, 'from-wormhole', 'in', 'sub', 'relação.txt'), 'utf8')).toBe('olá');
  });
});

describe.skipIf(!hasWilliam)('codes between Enxame and the command wormhole-william', () => {
  const relayArgs = (): string[] => ['--relay-url', mailbox(), '--hide-progress'];

  it('W40 carry a file to it', async () => {
    const to = await bench.newFolder('to-william');
    const { path, content } = await bench.makeFile('william.bin');
    const sender = bench.enxame('a', 'send', path);
    const receiver = runWilliam(['receive', ...relayArgs(), await codeOf(sender)], to, 'y\n');
    expect(await receiver.end).toMatchObject({ code: 0 });
    expect(await sender.end).toMatchObject({ code: 0 });
    expect(await readFile(join(to, 'william.bin'))).toEqual(content);
  });

  it('W41 carry a file, a folder and a text from it', async () => {
    const { path, content } = await bench.makeFile('from-william.bin');
    for (const [sent, landed] of [
      [path, 'from-william.bin'],
      [await bench.makeFolder('williams'), 'williams'],
    ] as const) {
      // prettier-ignore
      const sender = runWilliam(['send', ...relayArgs(), sent], bench.folder);
      const receiver = bench.enxame(
        'b',
        'receive',
        await codeOf(sender),
        '--yes',
        '--to',
        join(bench.folder, 'from-william'),
      );
      expect(await receiver.end).toMatchObject({ code: 0 });
      expect(await sender.end).toMatchObject({ code: 0 });
      expect(existsSync(join(bench.folder, 'from-william', landed))).toBe(true);
    }
    expect(await readFile(join(bench.folder, 'from-william', 'from-william.bin'))).toEqual(content);
    const text = runWilliam(['send', '--relay-url', mailbox(), '--text', 'olá'], bench.folder);
    expect((await bench.enxame('b', 'receive', await codeOf(text)).end).output).toBe('olá\n');
  });
});
