import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// The command as it is run: a process of its own, its exit code, and nothing but the answer on standard output.

const enxame = fileURLToPath(new URL('../bin/enxame.mjs', import.meta.url));
let folder: string;
let running: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-cli-'));
  running = [];
});
afterEach(async () => {
  for (const child of running) if (child.exitCode === null) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

function start(...args: string[]) {
  const child = spawn(process.execPath, [enxame, ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ENXAME_HOME: join(folder, 'home') },
  });
  running.push(child);
  return child;
}

async function run(...args: string[]): Promise<{ exitCode: number; json: unknown }> {
  const child = start(...args);
  const ended = once(child, 'close') as Promise<[number]>;
  const out = await text(child.stdout);
  const [exitCode] = await ended;
  return { exitCode, json: JSON.parse(out) as unknown };
}

async function firstLine(child: ReturnType<typeof start>): Promise<{ ready?: boolean; url: string }> {
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return JSON.parse(line) as { ready?: boolean; url: string };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await ended)[0];
}

const data = (): string => join(folder, 'data');

describe('serve', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'serves the interface until %s, and leaves no lock and no socket',
    async (signal) => {
      const child = start('serve', '--data', data(), '--downloads', join(folder, 'downloads'), '--port', '0');
      const { ready, url } = await firstLine(child);
      expect(ready).toBe(true);
      expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);
      expect(await (await fetch(url)).text()).toContain('<title>Enxame</title>');
      expect((await run('status', '--data', data())).json).toMatchObject({
        user: null,
        tracker: null,
        downloads: join(folder, 'downloads'),
        running: true,
      });
      expect(await end(child, signal)).toBe(0);
      expect((await readdir(data())).filter((name) => /lock|sock/.test(name))).toEqual([]);
    },
  );

  it('refuses a second engine for one data folder', async () => {
    await firstLine(start('serve', '--data', data(), '--port', '0'));
    expect(await run('serve', '--data', data(), '--port', '0')).toMatchObject({
      exitCode: 1,
      json: { error: { code: 'data-folder-locked' } },
    });
  });

  it('says that the port which was asked for is taken, and leaves nothing behind', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expect(await run('serve', '--data', data(), '--port', String(port))).toMatchObject({
      exitCode: 1,
      json: { error: { code: 'port-taken' } },
    });
    other.close();
    expect((await readdir(data())).filter((name) => /lock|sock/.test(name))).toEqual([]);
  });

  it('says what is wrong with the tracker that it was given', async () => {
    const args = ['serve', '--data', data(), '--port', '0', '--tracker'];
    expect((await run(...args, '127.0.0.1:1')).json).toMatchObject({ error: { code: 'tracker-unreachable' } });
    expect((await run(...args, 'not an address')).json).toMatchObject({ error: { code: 'tracker-address-invalid' } });
  });
});

describe('without an engine', () => {
  it('share says that serve must run, and makes nothing', async () => {
    expect(await run('share', enxame, '--data', data())).toMatchObject({
      exitCode: 1,
      json: { error: { code: 'engine-not-running' } },
    });
    await expect(access(data())).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('commands at the same time take turns with one of their own', async () => {
    const both = await Promise.all([run('transfers', '--data', data()), run('status', '--data', data())]);
    expect(both).toMatchObject([
      { exitCode: 0, json: { transfers: [] } },
      { exitCode: 0, json: { user: null } },
    ]);
  });
});

describe('tracker', () => {
  it('runs until SIGTERM, at the address that serve takes', async () => {
    const child = start('tracker', '--host', '127.0.0.1', '--port', '0', '--data', join(folder, 'tracker'));
    const { ready, url } = await firstLine(child);
    expect(ready).toBe(true);
    const peer = start('serve', '--data', data(), '--port', '0', '--tracker', url);
    await firstLine(peer);
    expect((await run('register', 'Ana', '--data', data())).json).toMatchObject({
      user: { name: 'Ana' },
      device: { id: expect.stringMatching(/^[a-z2-7]{52}$/) as string },
    });
    expect((await run('people', '--data', data())).json).toMatchObject({ people: [{ name: 'Ana', online: true }] });
    expect(await end(peer, 'SIGTERM')).toBe(0);
    expect(await end(child, 'SIGTERM')).toBe(0);
    expect(await isReachable(url)).toBe(false);
  });

  it.skipIf(process.platform === 'win32')(
    'ends with the command that started it, also when that is killed',
    async () => {
      const child = start('tracker', '--host', '127.0.0.1', '--port', '0', '--data', join(folder, 'tracker'));
      const { url } = await firstLine(child);
      await end(child, 'SIGKILL');
      // It learns of it in its own time, and tells nobody.
      await expect.poll(() => isReachable(url), { timeout: 10_000 }).toBe(false);
    },
  );

  it('hands on why it cannot start', async () => {
    expect(await run('tracker', '--port', '0', '--data', enxame)).toMatchObject({
      exitCode: 1,
      json: { error: { code: 'data-folder-unwritable' } },
    });
  });
});

async function isReachable(url: string): Promise<boolean> {
  try {
    await fetch(`${url.replace('https:', 'http:')}/hello`);
    return true;
  } catch {
    return false; // nobody listens
  }
}
