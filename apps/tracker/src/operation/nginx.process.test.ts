import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { relayWays } from '@enxame/engine/peer/paths/relay-leg';
import { freePort } from '@enxame/engine/testing/free-port';
import { fetchHello } from '@enxame/engine/tracker/tracker-hello';
import { createSelfSigned } from '@enxame/identity/certificate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEntry } from '../test-kit/entries.js';
import { connectDevice } from '../test-kit/test-device.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { joinWeb } from '../test-kit/web-user.js';

const given = fileURLToPath(new URL('../../../../packaging/nginx.conf', import.meta.url));
const hasNginx = spawnSync('nginx', ['-v']).status === 0;
if (!hasNginx) process.stderr.write('nginx is not installed: packaging/nginx.conf is not tried\n');

let folder: string;
let net: TestTracker;
let nginx: ChildProcess | undefined;
let address: { url: string; host: string; port: number };

/** The configuration as it is given, with the ports and the files of this test. */
async function startNginx(): Promise<void> {
  const certificate = await createSelfSigned('tracker.example.org', Date.now(), ['localhost']);
  await writeFile(join(folder, 'cert.pem'), certificate.certificatePem);
  await writeFile(join(folder, 'key.pem'), certificate.privateKeyPem);
  net = await startTestTracker({ trustProxy: ['127.0.0.1'], proxyCertificatePem: certificate.certificatePem });
  const port = await freePort();
  const site = (await readFile(given, 'utf8'))
    .replace('listen 443 ssl', `listen 127.0.0.1:${String(port)} ssl`)
    .replace('127.0.0.1:7667', `127.0.0.1:${String(net.tracker.address.port)}`)
    .replace(/\/etc\/letsencrypt\S*fullchain\.pem/, join(folder, 'cert.pem'))
    .replace(/\/etc\/letsencrypt\S*privkey\.pem/, join(folder, 'key.pem'));
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder};`);
  const main = `daemon off; master_process off; pid ${folder}/pid; error_log stderr info; events {}\nhttp { access_log off; ${places.join(' ')}\n${site}\n}`;
  await writeFile(join(folder, 'nginx.conf'), main);
  nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-p', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  address = { url: `https://127.0.0.1:${String(port)}`, host: '127.0.0.1', port };
  // It says nothing when it listens.
  const { status } = await ask('/healthz', '--retry', '20', '--retry-delay', '1', '--retry-connrefused');
  if (status !== 200) throw new Error(`nginx did not come up: ${String(status)}`);
}

/** curl: it has no opinion on certificates, streams what it sends, and is what people use. */
async function ask(path: string, ...more: string[]): Promise<{ status: number; body: Buffer }> {
  const args = ['-sk', '--max-time', '30', '-w', '\n%{http_code}', ...more, `${address.url}${path}`];
  const child = spawn('curl', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  const all = Buffer.concat(chunks);
  const end = all.lastIndexOf(0x0a);
  return { status: Number(all.toString('utf8', end + 1)), body: all.subarray(0, end) };
}

describe.skipIf(!hasNginx)('behind nginx, as packaging/nginx.conf says', () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'enxame-nginx-'));
    await startNginx();
  });
  afterAll(async () => {
    nginx?.kill('SIGTERM');
    if (nginx && nginx.exitCode === null) await once(nginx, 'exit');
    await net.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('T85: hello proves the certificate that nginx shows', async () => {
    const { hello } = await fetchHello(address);
    expect(hello.trackerId).toBe(net.tracker.trackerId);
  });

  it('T85: devices connect, register and share over WebSocket', async () => {
    const device = await connectDevice({ url: address.url, trackerId: net.tracker.trackerId });
    await device.register('Rui');
    await device.open();
    await device.request('entries:announce', { entries: [createEntry()] });
    device.close();
  });

  it('T85: uploads go through as they come, downloads with ranges', async () => {
    const { token } = await joinWeb(net, 'Ana');
    const bytes = randomBytes(6 * 1024 * 1024);
    await writeFile(join(folder, 'x.bin'), bytes);
    const bearer = `authorization: Bearer ${token}`;
    const sent = await ask('/upload', '-H', bearer, '-F', `file=@${join(folder, 'x.bin')}`);
    expect(sent.status).toBe(200);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const got = await ask(`/download/${sha256}`, '-H', bearer, '-r', '1000-1999999');
    expect([got.status, got.body.equals(bytes.subarray(1000, 2_000_000))]).toEqual([206, true]);
  });

  it('T56: two devices are joined by `Upgrade: enxame-relay`, over TLS', async () => {
    const [giver, taker] = [await net.join('Bia'), await net.join('Caio')];
    const entry = createEntry();
    await giver.request('entries:announce', { entries: [entry] });
    await taker.request('sources:watch', { contentId: entry.contentId });
    const wanted = { contentId: entry.contentId, deviceId: giver.user.deviceId, hasRelay: false };
    const { token } = await taker.request('path:ask', wanted);
    const asked = await giver.pushed('path:asked');
    const raw = relayWays[1];
    if (!raw) throw new Error('the second way is the raw one over TLS');
    const signal = AbortSignal.timeout(20_000);
    const [left, right] = await Promise.all([raw(address, token, signal), raw(address, asked.token, signal)]);
    const bytes = randomBytes(3 * 1024 * 1024);
    left.end(bytes);
    const chunks: Buffer[] = [];
    for await (const chunk of right) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    left.destroy();
    right.destroy();
  });

  it('T81: /metrics is not shown to the world', async () => {
    expect((await ask('/metrics')).status).toBe(404);
    expect((await ask('/seen', '-H', `authorization: Bearer ${'a'.repeat(43)}`)).status).toBe(405);
  });
});
