import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Carrier } from '@enxame/shared/engine/carrier';
import { dialLocalSocket } from './local-dial.js';
import { listenLocalSocket } from './local-listen.js';
import { localSocketDeps, socketAddress, type SocketAddressDeps } from './socket-address.js';

const onWindows = process.platform === 'win32';
const windows: SocketAddressDeps = { platform: 'win32', temporaryFolder: 'C:\\Temp', uid: undefined };

describe('local socket', () => {
  let folder: string;
  let deps: SocketAddressDeps;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'enxame-socket-'));
    deps = { ...localSocketDeps(), temporaryFolder: folder };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('brings frames to the engine and its answers back', async () => {
    const listener = await listenLocalSocket(folder, echo, deps);
    const carrier = await dialLocalSocket(folder, deps);
    const answered = new Promise((resolve) => carrier?.onFrame(resolve));
    carrier?.send({ hello: 'engine' });
    expect(await answered).toEqual({ hello: 'engine' });
    const ended = closed(carrier);
    await Promise.all([listener.close(), listener.close(), ended]);
    expect(await dialLocalSocket(folder, deps)).toBeUndefined();
  });

  it('finds nobody where no engine runs, also in a folder that is not there', async () => {
    expect(await dialLocalSocket(folder, deps)).toBeUndefined();
    expect(await dialLocalSocket(join(folder, 'nowhere'), deps)).toBeUndefined();
  });

  it.skipIf(onWindows)('is for its owner only from the first moment, whatever the folder allows', async () => {
    await chmod(folder, 0o755);
    const listener = await listenLocalSocket(folder, echo, deps);
    expect((await stat(listener.path)).mode & 0o077).toBe(0);
    await listener.close();
  });

  it.skipIf(onWindows)('replaces the socket of a process that was killed', async () => {
    const { path } = await socketAddress(folder, deps);
    const source = `require('net').createServer().listen(${JSON.stringify(path)}, () => console.log('up'))`;
    const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect((await stat(path)).isSocket()).toBe(true);
    expect(await dialLocalSocket(folder, deps)).toBeUndefined();
    const listener = await listenLocalSocket(folder, echo, deps);
    const carrier = await dialLocalSocket(folder, deps);
    expect(carrier).toBeDefined();
    carrier?.close();
    await listener.close();
  });

  it('refuses to take the place of an engine that answers', async () => {
    const listener = await listenLocalSocket(folder, echo, deps);
    await expect(listenLocalSocket(folder, echo, deps)).rejects.toMatchObject({ code: 'data-folder-locked' });
    await listener.close();
  });

  it.skipIf(onWindows)('uses a short path for a folder whose own is too long', async () => {
    const long = join(folder, 'x'.repeat(100));
    await mkdir(long);
    const listener = await listenLocalSocket(long, echo, deps);
    expect(Buffer.byteLength(listener.path)).toBeLessThanOrEqual(100);
    const carrier = await dialLocalSocket(long, deps);
    expect(carrier).toBeDefined();
    carrier?.close();
    await listener.close();
  });

  it.skipIf(onWindows)('takes no short folder that others can write to, at either end', async () => {
    const long = join(folder, 'x'.repeat(100));
    await mkdir(long);
    const { path, shortFolder } = await socketAddress(long, deps);
    await mkdir(shortFolder ?? '', { recursive: true });
    await chmod(shortFolder ?? '', 0o777);
    const impostor = createServer().listen(path);
    await once(impostor, 'listening');
    await expect(dialLocalSocket(long, deps)).rejects.toMatchObject({ code: 'data-folder-unwritable' });
    await expect(listenLocalSocket(long, echo, deps)).rejects.toMatchObject({ code: 'data-folder-unwritable' });
    impostor.close();
    await once(impostor, 'close');
  });

  it('names a pipe after the folder on Windows, in any case', async () => {
    const { path } = await socketAddress('/No/Such/Folder', windows);
    expect(path).toMatch(/^\\\\\.\\pipe\\enxame-engine-[0-9a-f]{32}$/);
    expect((await socketAddress('/no/such/folder', windows)).path).toBe(path);
    expect((await socketAddress('/no/other/folder', windows)).path).not.toBe(path);
  });
});

function echo(carrier: Carrier): void {
  carrier.onFrame((frame) => {
    carrier.send(frame);
  });
}

function closed(carrier: Carrier | undefined): Promise<void> {
  return new Promise((resolve) => carrier?.onClose(resolve));
}
