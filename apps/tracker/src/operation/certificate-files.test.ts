import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { parseTrackerAddress } from '@enxame/engine/tracker/tracker-address';
import { fetchHello } from '@enxame/engine/tracker/tracker-hello';
import { createSelfSigned, toCertificateHash } from '@enxame/identity/certificate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { certificateLookMs, readCertificates, watchCertificates } from './certificate-files.js';

let folder: string;
let net: TestTracker;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-certificate-'));
  net = await startTestTracker();
});
afterEach(async () => {
  await net.close();
  await rm(folder, { recursive: true });
});

const shownHash = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port: net.tracker.address.port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(toCertificateHash(socket.getPeerCertificate().raw));
      socket.destroy();
    });
    socket.on('error', reject);
  });

it('T87: a certificate that was renewed is shown without a restart; one without its key is not', async () => {
  const [first, second] = [await createSelfSigned('a', Date.now()), await createSelfSigned('b', Date.now())];
  const paths = { tls: { certificatePath: join(folder, 'cert'), keyPath: join(folder, 'key') }, proxyCertificatePath: undefined }; // prettier-ignore
  await writeFile(paths.tls.certificatePath, first.certificatePem);
  await writeFile(paths.tls.keyPath, first.privateKeyPem);
  const clock = createFakeClock();
  const given = await readCertificates(paths);
  net.tracker.showCertificates(given);
  const before = await shownHash();
  const failures: unknown[] = [];
  let shown = 0;
  const stop = watchCertificates({
    paths,
    first: given,
    clock,
    show: (certificates) => {
      net.tracker.showCertificates(certificates);
      shown++;
    },
    onFailure: (error) => failures.push(error),
  });
  await writeFile(paths.tls.certificatePath, second.certificatePem);
  clock.advance(certificateLookMs);
  await expect.poll(() => failures.length).toBe(1);
  expect(await shownHash()).toBe(before);
  await writeFile(paths.tls.keyPath, second.privateKeyPem);
  await expect
    .poll(() => {
      clock.advance(certificateLookMs);
      return shown;
    })
    .toBe(1);
  expect(await shownHash()).not.toBe(before);
  // Devices are told that it is the tracker's.
  const { trackerId } = net.tracker;
  const hello = await fetchHello(parseTrackerAddress(net.tracker.url));
  expect(hello).toMatchObject({ hello: { trackerId }, certificateHash: await shownHash() });
  stop();
});
