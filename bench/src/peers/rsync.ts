import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort, untilListening } from './free-port.js';
import type { NeededProgram } from './programs.js';

const run = promisify(execFile);

export const rsyncPrograms: readonly NeededProgram[] = [{ command: 'rsync', debianPackage: 'rsync' }];

export interface RsyncDaemon {
  /** Fetches all that is served into a folder; milliseconds from start to exit. `flushed`: with `--fsync`. */
  fetch(into: string, options: { readonly flushed: boolean }): Promise<number>;
  /** Twice without harm. */
  close(): Promise<void>;
}

/** rsync's own protocol over plain TCP, as its daemon serves it: no encryption, no hashes unless files differ. */
export async function startRsync(folder: string, served: string): Promise<RsyncDaemon> {
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const config = join(folder, 'rsyncd.conf');
  const isRoot = process.getuid?.() === 0;
  await writeFile(
    config,
    [
      `pid file = ${folder}/rsyncd.pid`,
      `log file = ${folder}/rsyncd.log`,
      'use chroot = no',
      ...(isRoot ? ['uid = root', 'gid = root'] : []),
      '[shared]',
      `path = ${served}`,
      'read only = yes',
    ].join('\n'),
  );
  const args = ['--daemon', '--no-detach', `--config=${config}`, '--address=127.0.0.1', `--port=${String(port)}`];
  const daemon = spawn('rsync', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  await untilListening(port);
  return {
    fetch: async (into, { flushed }) => {
      const startedAt = performance.now();
      await run('rsync', [
        '-a',
        ...(flushed ? ['--fsync'] : []),
        `rsync://127.0.0.1:${String(port)}/shared/`,
        `${into}/`,
      ]);
      return performance.now() - startedAt;
    },
    close: async () => {
      daemon.kill('SIGTERM');
      if (daemon.exitCode === null && daemon.signalCode === null) await once(daemon, 'exit');
    },
  };
}
