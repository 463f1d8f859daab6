import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inProject } from './run-command.mjs';

// `npm start` as a person meets it, but for the window: its programs, its words, and what is left when it ends.

const onWindows = process.platform === 'win32';
const anyTracker = ['--tracker-port', '0'];
let home;
let started;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'enxame-start-'));
  started = [];
});
afterEach(async () => {
  for (const { child } of started) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

function start(...args) {
  const child = spawn(process.execPath, [inProject('scripts/start.mjs'), '--browser', '--no-open', ...args], {
    env: { ...process.env, ENXAME_HOME: home, LANG: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !onWindows, // a group of its own, as a terminal gives it
  });
  const run = { child, output: '', ended: once(child, 'close') };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      run.output += text;
      child.emit('told');
    });
  }
  started.push(run);
  return run;
}

/** Settles with the match when the output has it. Throws when the program ends without it. */
async function told(run, pattern) {
  for (;;) {
    const match = pattern.exec(run.output);
    if (match) return match;
    if (run.child.exitCode !== null || run.child.signalCode !== null) throw new Error(`ended: ${run.output}`);
    await Promise.race([once(run.child, 'told'), run.ended]);
  }
}

async function isServed(address) {
  try {
    return (await fetch(address)).ok;
  } catch {
    return false; // nobody listens
  }
}

describe.skipIf(onWindows)('npm start', () => {
  /** Tells all processes of a run to end, as a terminal does; nothing may be left. */
  async function endsClean(run, address, signal) {
    expect(await isServed(address)).toBe(true);
    process.kill(-run.child.pid, signal);
    expect((await run.ended)[0]).toBe(0);
    expect(await isServed(address)).toBe(false);
    for (const folder of ['tracker', 'engine']) {
      expect((await readdir(join(home, folder))).filter((name) => /^lock|sock$/.test(name))).toEqual([]);
    }
  }

  it('starts a tracker and the app, at the next free port when the usual one is taken; a SIGINT to all leaves nothing', async () => {
    const other = createServer().listen(7668, '127.0.0.1');
    // Taken by us or, on a computer where Enxame runs, by it: taken all the same.
    await Promise.race([once(other, 'listening'), once(other, 'error')]).catch(() => undefined);
    const run = start(...anyTracker);
    await told(run, /Port 7668 is used by another program; using \d+/);
    const [, address, port] = await told(run, /(http:\/\/127\.0\.0\.1:(\d+)\/#token=\S+)/);
    expect(port).not.toBe('7668');
    await told(run, /Ctrl-C/);
    await endsClean(run, address, 'SIGINT');
    other.close();
  });

  it('says that the tracker of this computer runs already; a SIGTERM to all leaves nothing', async () => {
    const run = start(...anyTracker, '--port', '0');
    const [, address] = await told(run, /(http:\/\/127\.0\.0\.1:\d+\/#token=\S+)/);
    await told(run, /Ctrl-C/);
    const second = start(...anyTracker, '--port', '0');
    expect((await second.ended)[0]).toBe(1);
    expect(second.output).toContain('already running');
    await endsClean(run, address, 'SIGTERM');
  });

  it('stops everything when only its own process is told to', async () => {
    const run = start(...anyTracker, '--port', '0');
    const [, address] = await told(run, /(http:\/\/127\.0\.0\.1:\d+\/#token=\S+)/);
    await told(run, /Ctrl-C/);
    run.child.kill('SIGTERM');
    expect((await run.ended)[0]).toBe(0);
    expect(await isServed(address)).toBe(false);
  });

  it('leaves no program behind when it is killed', async () => {
    const run = start(...anyTracker, '--port', '0');
    const [, address] = await told(run, /(http:\/\/127\.0\.0\.1:\d+\/#token=\S+)/);
    run.child.kill('SIGKILL');
    await run.ended; // its streams close when the last of its programs, which share them, has ended
    expect(await isServed(address)).toBe(false);
  });

  it('says clearly that the port of the tracker is taken', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const { port } = other.address();
    const run = start('--tracker-port', String(port), '--port', '0');
    expect((await run.ended)[0]).toBe(1);
    expect(run.output).toContain(`port ${port} is used by another program`);
    expect(run.output).toContain('--tracker-port');
    other.close();
  });
});
