import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSelfSigned } from '@enxame/identity/certificate';

const run = promisify(execFile);

/** What of the peer programs is missing on this machine. */
export function missingPrograms(): string[] {
  return ['nginx', 'curl'].filter(
    (name) => spawnSync(name, [name === 'nginx' ? '-v' : '--version']).error !== undefined,
  );
}

export interface NginxPeer {
  /** Downloads the file with curl; milliseconds from start to exit. */
  download(name: string, to: string): Promise<number>;
  close(): Promise<void>;
}

/** nginx over HTTPS as most people set it up, with the kind of certificate that Enxame uses (P-256, TLS 1.3). */
export async function startNginx(folder: string, root: string): Promise<NginxPeer> {
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
       server { listen 127.0.0.1:${String(port)} ssl; ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;
                ssl_protocols TLSv1.3; root ${root}; } }`,
  );
  const nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const url = `https://127.0.0.1:${String(port)}/`;
  await run('curl', ['-sk', '--retry', '20', '--retry-connrefused', '--retry-delay', '1', '-o', '/dev/null', url]);
  return {
    download: async (name, to) => {
      const startedAt = performance.now();
      await run('curl', ['-sSfk', '-o', to, url + name]);
      return performance.now() - startedAt;
    },
    close: async () => {
      nginx.kill('SIGQUIT');
      if (nginx.exitCode === null) await once(nginx, 'exit');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
