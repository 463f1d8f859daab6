import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSelfSigned } from '@enxame/identity/certificate';
import { readBenchOptions } from './bench-options.js';
import { mebibytesPerSecond, median, round } from './figures.js';
import { createHttpToken } from './http-person.js';
import { describeMachine } from './machine.js';
import { startMeasuredTracker } from './measured-tracker.js';
import { freePort } from './peers/free-port.js';
import { writeRandomFile } from './random-file.js';

// http: POST /upload of 1 GiB and GET /download of it by curl, beside nginx (dav PUT, static) over TLS 1.3 on the same
// disk, run by run; needs curl and nginx.

const options = readBenchOptions(process.argv.slice(2));
const bytes = (options.quick ? 256 : 1024) * 2 ** 20;
const runs = options.quick ? 1 : 3;
const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), 'enxame-bench-'));
const cleanups: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
try {
  await main();
} finally {
  for (const cleanup of cleanups.reverse()) await cleanup();
}

async function curl(...args: readonly string[]): Promise<{ ms: number; body: string }> {
  const startedAt = performance.now();
  const { stdout } = await run('curl', ['--fail', '--silent', '--show-error', '--insecure', ...args]);
  return { ms: performance.now() - startedAt, body: stdout };
}

/** nginx in the foreground, one worker, as little around the bytes as it can do. */
async function startNginx(): Promise<string> {
  const port = await freePort();
  const root = join(folder, 'nginx');
  await mkdir(join(root, 'files'), { recursive: true, mode: 0o777 });
  const { privateKeyPem, certificatePem } = await createSelfSigned('bench', Date.now());
  await writeFile(join(root, 'key.pem'), privateKeyPem);
  await writeFile(join(root, 'cert.pem'), certificatePem);
  const user = process.getuid?.() === 0 ? 'user root;' : '';
  const config = `daemon off; ${user} worker_processes 1; pid ${root}/pid; error_log ${root}/error.log;
    events {} http { access_log off; sendfile on; client_max_body_size 0; client_body_temp_path ${root}/body;
    server { listen 127.0.0.1:${String(port)} ssl; ssl_protocols TLSv1.3; ssl_certificate ${root}/cert.pem;
    ssl_certificate_key ${root}/key.pem; location / { root ${root}/files; dav_methods PUT; } } }`;
  await writeFile(join(root, 'nginx.conf'), config);
  const child = spawn('nginx', ['-c', join(root, 'nginx.conf'), '-p', root], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exit = once(child, 'exit');
  cleanups.push(async () => {
    child.kill('SIGTERM');
    await exit;
  });
  const url = `https://127.0.0.1:${String(port)}`;
  await curl(
    '--retry',
    '20',
    '--retry-connrefused',
    '--retry-delay',
    '1',
    '-o',
    '/dev/null',
    '-X',
    'OPTIONS',
    url,
  ).catch(
    () => undefined, // whatever it answers, it answers
  );
  return url;
}

async function main(): Promise<void> {
  const path = join(folder, 'file.bin');
  await writeRandomFile(path, bytes);
  const nginx = await startNginx();
  const tracker = await startMeasuredTracker(join(folder, 'tracker'));
  cleanups.push(() => tracker.close());
  const auth = ['-H', `authorization: Bearer ${await createHttpToken(tracker.url, tracker.trackerId, 'Bench')}`];
  const times = { upload: [] as number[], put: [] as number[], download: [] as number[], get: [] as number[] };
  const cpu: number[] = [];
  await tracker.loop(); // what the start held is not what is measured
  const rssBefore = tracker.rssMib();
  let rssMost = 0;
  const watch = setInterval(() => {
    rssMost = Math.max(rssMost, tracker.rssMib() ?? 0);
  }, 100);
  for (let index = 0; index < runs; index++) {
    const before = tracker.cpuSeconds() ?? 0;
    const { ms, body } = await curl(...auth, '-F', `file=@${path}`, `${tracker.url}/upload`);
    const between = tracker.cpuSeconds() ?? 0;
    times.upload.push(ms);
    times.put.push((await curl('-T', path, `${nginx}/file.bin`)).ms);
    const { contentId } = (JSON.parse(body) as { copies: [{ contentId: string }] }).copies[0];
    times.download.push((await curl(...auth, '-o', '/dev/null', `${tracker.url}/download/${contentId}`)).ms);
    cpu.push(between - before, (tracker.cpuSeconds() ?? 0) - between);
    times.get.push((await curl('-o', '/dev/null', `${nginx}/file.bin`)).ms);
    await curl(...auth, '-X', 'DELETE', `${tracker.url}/hosted/${contentId}`);
  }
  clearInterval(watch);
  const speed = (list: readonly number[]): number => round(mebibytesPerSecond(bytes, median(list)));
  const figures = {
    bytes,
    upload: {
      mibPerSecond: speed(times.upload),
      nginx: speed(times.put),
      ratio: round(median(times.put) / median(times.upload), 2),
    },
    download: {
      mibPerSecond: speed(times.download),
      nginx: speed(times.get),
      ratio: round(median(times.get) / median(times.download), 2),
    },
    cpuSeconds: { upload: round(cpu[0] ?? 0, 2), download: round(cpu[1] ?? 0, 2) },
    rssMib: { before: round(rssBefore ?? 0), most: round(rssMost) },
    load: round(loadavg()[0] ?? 0, 1),
    held: (await tracker.loop()).held,
    aims: { upload: 0.5, download: 0.5 },
    machine: describeMachine(),
  };
  process.stdout.write(`${JSON.stringify(figures, null, options.json ? 0 : 1)}\n`);
}
