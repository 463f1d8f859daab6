import { createPrivateKey, createPublicKey, randomBytes, X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSelfSigned, toCertificateDeviceId } from '@enxame/identity/certificate';
import { createDeviceGrant } from '@enxame/identity/device-grant';
import { createUserKey } from '@enxame/identity/user-key';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId, TrackerId, UserId } from '@enxame/shared/ids';
import { maxReceiptBytes } from '@enxame/shared/peer/receipt';
import type { Source } from '@enxame/shared/tracker/person';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFakeTimers, type FakeTimers } from '../library/testing/fake-timers.js';
import { createSilentLogger } from '../library/testing/silent-logger.js';
import type { PeerConnection } from '../peer/peer-connection.js';
import { createFakeSourceTracker, type FakeSourceTracker } from '../testing/fake-source-tracker.js';
import { createTestDevice, type TestDevice } from '../testing/test-device.js';
import { createCondition, type Condition } from '../testing/until.js';
import { createReceiptDesk } from './receipt-desk.js';
import { openReceiptOutbox, type ReceiptOutbox } from './receipt-outbox.js';
import { checkReceipt, signReceipt } from './sign-receipt.js';

const contentId = 'c'.repeat(51).concat('a') as ContentId;
const trackerId = 't'.repeat(51).concat('a') as TrackerId;
const received = { contentId, size: 7, receivedAt: 1000 };

interface Identity {
  readonly deviceId: DeviceId;
  readonly deviceKey: ReturnType<typeof createPrivateKey>;
  readonly grant: (deviceName: string) => ReturnType<typeof createDeviceGrant>;
}
async function createIdentity(): Promise<Identity> {
  const { privateKeyPem, certificatePem } = await createSelfSigned('enxame device', Date.now());
  const deviceKey = createPrivateKey(privateKeyPem);
  const userKey = createUserKey(randomBytes(32));
  return {
    deviceId: toCertificateDeviceId(new X509Certificate(certificatePem)),
    deviceKey,
    grant: (name) => createDeviceGrant(userKey, { publicKey: createPublicKey(deviceKey), name, issuedAt: 1 }),
  };
}

let rui: Identity;
let eva: Identity;
let ana: TestDevice;
beforeAll(async () => {
  [rui, eva, ana] = await Promise.all([createIdentity(), createIdentity(), createTestDevice('Ana')]);
});

describe('P33: a receipt', () => {
  it('is small, and good for one sender, one receiver and one content', () => {
    const receipt = signReceipt(received, ana.deviceId, rui, 'laptop');
    expect(JSON.stringify(receipt).length).toBeLessThan(maxReceiptBytes / 2);
    expect(checkReceipt(receipt, ana.deviceId, rui.deviceId)).toMatch(/^[a-z2-7]{52}$/);
    const wrong: [typeof receipt, DeviceId, DeviceId][] = [
      [receipt, eva.deviceId, rui.deviceId],
      [receipt, ana.deviceId, eva.deviceId],
      [{ ...receipt, size: 8 }, ana.deviceId, rui.deviceId],
      [{ ...receipt, receivedAt: 1001 }, ana.deviceId, rui.deviceId],
      [{ ...receipt, contentId: 'd'.repeat(51).concat('a') as ContentId }, ana.deviceId, rui.deviceId],
      [{ ...receipt, grant: eva.grant('laptop') }, ana.deviceId, rui.deviceId],
      [{ ...receipt, grant: { ...receipt.grant, deviceName: 'x' } }, ana.deviceId, rui.deviceId],
      [{ ...receipt, signature: 'AAAA' }, ana.deviceId, rui.deviceId],
    ];
    for (const [each, sender, receiver] of wrong)
      expect(() => checkReceipt(each, sender, receiver)).toThrow('receipt-invalid');
  });
});

describe('W56: a receipt by a code', () => {
  it('is of the key that the capability names, and counts though no byte came from here', async () => {
    const heard: DeviceId[] = [];
    const desk = createReceiptDesk({
      deviceId: ana.deviceId,
      sends: { confirm: () => Promise.reject(new EnxameError('receipt-invalid')) },
      checkKey: () => Promise.reject(new Error('no tracker has a say in it')),
      onCodeReceipt: ({ sub }) => sub === rui.deviceId && heard.push(sub) > 0,
    });
    const receipt = signReceipt(received, ana.deviceId, rui, 'laptop');
    const uid = checkReceipt(receipt, ana.deviceId, rui.deviceId);
    const claims = { iss: ana.deviceId, sub: rui.deviceId, aud: contentId, name: 'laptop #1', exp: 0, uid };
    await desk.take(contentId, receipt, claims);
    expect(heard).toEqual([rui.deviceId]);
    const other = checkReceipt(signReceipt(received, ana.deviceId, eva, 'x'), ana.deviceId, eva.deviceId);
    await expect(desk.take(contentId, receipt, { ...claims, uid: other })).rejects.toThrow('receipt-invalid');
    const ofEva = signReceipt(received, ana.deviceId, eva, 'x');
    await expect(desk.take(contentId, ofEva, { ...claims, sub: eva.deviceId, uid: other })).rejects.toThrow(
      'receipt-invalid',
    );
    expect(heard).toEqual([rui.deviceId]);
  });
});

describe('P34: taking receipts', () => {
  it('believes a receipt of the TLS client, of the person that the tracker names, and no other', async () => {
    const taken: string[] = [];
    const known = new Map<string, UserId>();
    const desk = createReceiptDesk({
      deviceId: ana.deviceId,
      sends: { confirm: (deviceId, { size }) => Promise.resolve(void taken.push(`${deviceId} ${String(size)}`)) },
      checkKey: (_, name, userId) => Promise.resolve((known.get(name) ?? userId) === userId),
    });
    const receipt = signReceipt(received, ana.deviceId, rui, 'laptop');
    const claims = { iss: trackerId, sub: rui.deviceId, aud: contentId, name: 'Rui', exp: 0 };
    const refused = (document: unknown, id = contentId, of = claims): Promise<void> =>
      expect(desk.take(id, document, of)).rejects.toThrow('receipt-invalid');
    await desk.take(contentId, receipt, claims);
    await refused(receipt, 'd'.repeat(51).concat('a') as ContentId);
    await refused(receipt, contentId, { ...claims, sub: eva.deviceId });
    for (const document of [null, [], 'x', {}, { ...receipt, more: 1 }, { ...receipt, size: -1 }])
      await refused(document);
    known.set('Rui', checkReceipt(signReceipt(received, ana.deviceId, eva, 'x'), ana.deviceId, eva.deviceId));
    await refused(receipt);
    expect(taken).toEqual([`${rui.deviceId} 7`]);
  });
});

describe('P33: the receipts that are owed', () => {
  let folder: string;
  let timers: FakeTimers;
  let tracker: FakeSourceTracker;
  let told: Condition;
  let posts: string[];
  let answer: () => Promise<void>;
  let outbox: ReceiptOutbox;
  const source = (): Source => ana.source(1);

  const open = (): Promise<ReceiptOutbox> =>
    openReceiptOutbox(folder, {
      link: tracker.link,
      trackerId: () => trackerId,
      checkKey: () => Promise.resolve(true),
      paths: {
        connect: ({ deviceId }) => {
          const connection: Partial<PeerConnection> = {
            post: async (path, _, body) => {
              posts.push(`${deviceId} ${path}`);
              told.changed();
              await answer();
              expect(checkReceipt(JSON.parse(body) as never, ana.deviceId, rui.deviceId)).toBeTruthy();
            },
            close: () => undefined,
          };
          return Promise.resolve(connection as PeerConnection);
        },
      },
      identity: rui,
      deviceName: () => 'laptop',
      onBroken: (notice) => { throw notice; }, // prettier-ignore
      timers,
      random: () => 1,
      logger: createSilentLogger(),
    });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'enxame-receipts-'));
    timers = createFakeTimers();
    tracker = createFakeSourceTracker(contentId);
    told = createCondition();
    posts = [];
    answer = () => Promise.resolve();
    outbox = await open();
  });
  afterEach(async () => {
    await outbox.close();
    await rm(folder, { recursive: true });
  });
  /** What was begun comes to its end. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const untilOwed = async (count: number): Promise<void> => {
    while (outbox.size !== count) await new Promise((resolve) => setImmediate(resolve));
  };

  it('are brought when the sender comes, once, and are then owed no more', async () => {
    await outbox.add(received, [ana.deviceId]);
    await settle();
    expect([posts, outbox.size]).toEqual([[], 1]);
    tracker.setSources(source());
    await untilOwed(0);
    expect(posts).toEqual([`${ana.deviceId} /v1/content/${contentId}/receipt`]);
    tracker.setSources();
    tracker.setSources(source());
    await settle();
    expect(posts).toHaveLength(1);
  });

  it('survive a restart, and a tracker that is away', async () => {
    await outbox.add(received, [ana.deviceId]);
    await outbox.close();
    tracker.end();
    outbox = await open();
    expect(outbox.size).toBe(1);
    tracker.setSources(source());
    tracker.open();
    await untilOwed(0);
  });

  it('are tried again, later and later, until they are taken; what is refused for good is not', async () => {
    answer = () => Promise.reject(new EnxameError('source-unreachable'));
    tracker.setSources(source());
    await outbox.add(received, [ana.deviceId]);
    await told.until(() => posts.length === 1);
    for (const [tries, waitMs] of [
      [2, 5000],
      [3, 10_000],
      [4, 20_000],
    ] as const) {
      // prettier-ignore
      await settle();
      timers.advance(waitMs);
      await told.until(() => posts.length === tries);
    }
    await settle();
    expect(outbox.size).toBe(1);
    answer = () => Promise.reject(new EnxameError('receipt-invalid'));
    timers.advance(40_000);
    await untilOwed(0);
  });

  it('are given up after two weeks', async () => {
    await outbox.add(received, [ana.deviceId, eva.deviceId]);
    await settle();
    timers.advance(15 * 24 * 3_600_000);
    await untilOwed(0);
    expect(posts).toEqual([]);
  });
});
