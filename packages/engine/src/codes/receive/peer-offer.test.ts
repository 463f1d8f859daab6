import { describe, expect, it } from 'vitest';
import type { Wormhole } from '@enxame/wormhole/wormhole';
import { createTestDevice } from '../../testing/test-device.js';
import type { DoorRecord } from '../doors/door-record.js';
import { createPeerOffer, type PeerOffer } from './peer-offer.js';
import type { PeerReceiveDeps } from './peer-receive-deps.js';

const wormhole: Wormhole = {
  verifier: new Uint8Array(32),
  transitKey: new Uint8Array(32),
  theirVersions: {},
  send: () => undefined,
  receive: () => new Promise(() => undefined),
  close: () => Promise.resolve(),
};

/** What is made of an offer, and the doors that it opened. */
async function take(change: (offer: Record<string, unknown>) => Record<string, unknown>): Promise<{
  readonly offer: PeerOffer;
  readonly doors: readonly DoorRecord[];
}> {
  const doors: DoorRecord[] = [];
  const device = await createTestDevice('Ana #7');
  const honest = {
    name: 'a.bin',
    contentId: 'a'.repeat(52),
    size: 1,
    collection: null,
    source: device.source(1),
    capability: 'a.b.c',
    expiresAt: 1,
    relays: [],
  };
  const deps = {
    isBlocked: () => false,
    doors: { add: (record: DoorRecord) => Promise.resolve(void doors.push(record)) },
  };
  const place = { code: '7-a-b', mailboxUrl: 'ws://127.0.0.1:1', wormhole, folder: '/', signal: new AbortController().signal }; // prettier-ignore
  try {
    const said = { enxame: { offer: change(honest) } };
    return { offer: await createPeerOffer(said, place, deps as unknown as PeerReceiveDeps), doors };
  } catch (error) {
    expect(doors).toEqual([]);
    throw error;
  }
}

describe('W52: an offer of another Enxame', () => {
  it('opens a door to the device whose grant came with it', async () => {
    const { offer, doors } = await take((honest) => honest);
    expect(offer.personName).toBe('Ana #7');
    expect(doors).toHaveLength(1);
  });

  it('is refused when the grant is another device’s, was changed, or is none', async () => {
    const other = (await createTestDevice()).source(1);
    const withSource = (change: object) => (honest: Record<string, unknown>) => ({
      ...honest,
      source: { ...(honest['source'] as object), ...change },
    });
    for (const change of [
      withSource({ grant: other.grant }),
      withSource({ deviceId: other.deviceId }),
      withSource({ grant: { ...other.grant, issuedAt: 2 } }),
      withSource({ grant: {} }),
      withSource({ addresses: Array.from({ length: 17 }, () => ({ host: '127.0.0.1', port: 1 })) }),
      withSource({ addresses: [{ host: 'evil.example.org', port: 1 }] }),
    ])
      await expect(take(change)).rejects.toMatchObject({ code: 'offer-invalid' });
  });

  it('shows what it names safely, and its person with a sign, whatever it says', async () => {
    const { offer, doors } = await take((honest) => ({
      ...honest,
      name: '../../.ssh/authorized_keys',
      source: { ...(honest['source'] as object), userName: 'Ana\u202E', hosted: true },
    }));
    expect(offer.shown.name).not.toMatch(/[/\\]/);
    expect(offer.personName).toMatch(/^Ana #/);
    expect(doors[0]?.sender).not.toHaveProperty('hosted');
  });
});
