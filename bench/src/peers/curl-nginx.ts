import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSelfSigned } from '@enxame/identity/certificate';
import { freePort } from './free-port.js';
import type { NeededProgram } from './programs.js';

const run = promisify(execFile);

export const nginxPrograms: readonly NeededProgram[] = [{ command: 'nginx', debianPackage: 'nginx' }];
export const curlPrograms: readonly NeededProgram[] = [{ command: 'curl', debianPackage: 'curl' }];

export interface Nginx {
  /** `https://host:port/`, what is in its root folder below it. */
  readonly url: string;
  /** Twice without harm. */
  close(): Promise<void>;
}

/**
 * nginx over HTTPS as most people set it up, with the kind of certificate that Enxame uses (P-256, TLS 1.3).
 * `command` goes before its own command line, as that of a namespace does; `host` is then an address in there.
 */
export async function startNginx(
  folder: string,
  root: string,
  { host = '127.0.0.1', command = [] }: { readonly host?: string; readonly command?: readonly string[] } = {},
): Promise<Nginx> {
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const { privateKeyPem, certificatePem } = await createSelfSigned('bench', Date.now());
  await writeFile(join(folder, 'key.pem'), privateKeyPem, { mode: 0o600 });
  await writeFile(join(folder, 'cert.pem'), certificatePem);
  await writeFile(
    join(folder, 'nginx.conf'),
    `daemon off; worker_processes auto; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
     ${process.getuid?.() === 0 ? 'user root;' : ''}
     events { worker_connections 64; }
     http { access_log off; sendfile on; tcp_nopush on;
       server { listen ${host}:${String(port)} ssl; ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;
                ssl_protocols TLSv1.3; root ${root}; } }`,
  );
  const nginx = spawnIn(command, ['-c', join(folder, 'nginx.conf'), '-p', folder]);
  const url = `https://${host}:${String(port)}/`;
  await runIn(command, 'curl', [
    '-sk', '--retry', '20', '--retry-connrefused', '--retry-delay', '1', '-o', '/dev/null', url,
  ]); // prettier-ignore
  return {
    url,
    close: async () => {
      nginx.kill('SIGQUIT');
      if (nginx.exitCode === null && nginx.signalCode === null) await once(nginx, 'exit');
    },
  };
}

/** Milliseconds from curl's start to its exit. */
export async function downloadWithCurl(url: string, to: string, command: readonly string[] = []): Promise<number> {
  const startedAt = performance.now();
  await runIn(command, 'curl', ['-sSfk', '-o', to, url]);
  return performance.now() - startedAt;
}

async function runIn(command: readonly string[], program: string, args: readonly string[]): Promise<void> {
  const [first, ...rest] = [...command, program, ...args] as [string, ...string[]];
  await run(first, rest);
}

function spawnIn(command: readonly string[], args: readonly string[]): ChildProcess {
  const [first, ...rest] = [...command, 'nginx', ...args] as [string, ...string[]];
  return spawn(first, rest, { stdio: ['ignore', 'ignore', 'inherit'] });
}
