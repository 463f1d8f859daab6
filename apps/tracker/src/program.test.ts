import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runTracker } from './program.js';

const failureSchema = z.strictObject({ error: z.strictObject({ code: z.string(), message: z.string().min(1) }) });

let data: string;
let stop: AbortController;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'enxame-program-'));
  stop = new AbortController();
});
afterEach(() => rm(data, { recursive: true, force: true }));

/** Runs the program; what it prints first, and its exit code when it ends. */
function run(flags: readonly string[], environment: Record<string, string> = {}) {
  let print: (line: string) => void = () => undefined;
  const firstLine = new Promise<string>((resolve) => (print = resolve));
  const args = ['--host', '127.0.0.1', '--port', '0', '--data', data, ...flags];
  const exitCode = runTracker({
    args,
    environment: { ENXAME_LOG_LEVEL: 'silent', ...environment },
    platform: 'linux',
    print,
    stop: stop.signal,
    hurry: new AbortController().signal,
  });
  return { firstLine, exitCode };
}

async function failureOf(flags: readonly string[]) {
  const { firstLine, exitCode } = run([...flags, '--json']);
  expect(await exitCode).toBe(1);
  return failureSchema.parse(JSON.parse(await firstLine)).error;
}

describe('the program, within a process', () => {
  it('T16: says in a sentence where it is, until it is asked to stop', async () => {
    const { firstLine, exitCode } = run(['--name', 'Casa']);
    expect(await firstLine).toMatch(
      /^The tracker of “Casa” is ready at https:\/\/127\.0\.0\.1:\d+, seal [a-z]+-[a-z]+-[a-z]+-\d\d\.$/,
    );
    stop.abort();
    expect(await exitCode).toBe(0);
  });

  it('T16: names a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const port = String((other.address() as AddressInfo).port);
    const { code, message } = await failureOf(['--port', port]);
    expect([code, message.includes(port)]).toEqual(['port-taken', true]);
    await new Promise((resolve) => other.close(resolve));
  });

  it('T16: is one for each data folder, and gives it back when it could not start', async () => {
    const first = run(['--json']);
    await first.firstLine;
    expect((await failureOf([])).code).toBe('data-folder-locked');
    stop.abort();
    expect(await first.exitCode).toBe(0);
    expect((await failureOf(['--host', '203.0.113.1'])).code).toBe('tracker-address-invalid');
    const again = run(['--json']);
    expect(JSON.parse(await again.firstLine)).toMatchObject({ ready: true });
    expect(await again.exitCode).toBe(0);
  });

  it.each([
    [['--nonsense'], 'flag-invalid'],
    [['--port', '70000'], 'flag-invalid'],
    [['--tls-cert', '/nowhere/a.pem', '--tls-key', '/nowhere/b.pem'], 'path-not-found'],
  ])('T16: refuses %j with %s', async (flags, code) => {
    expect((await failureOf(flags)).code).toBe(code);
  });

  it('T16: tells a person of a failure in the language of the computer', async () => {
    const { firstLine, exitCode } = run(['--port', 'x'], { LANG: 'pt_BR.UTF-8' });
    expect(await firstLine).toContain('--port');
    expect(await firstLine).toMatch(/^A opção/);
    expect(await exitCode).toBe(1);
  });
});
