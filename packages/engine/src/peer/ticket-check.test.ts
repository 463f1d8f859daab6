import { generateKeyPairSync } from 'node:crypto';
import { encodePublicKey, toTrackerId } from '@enxame/identity/public-key';
import { signTicket } from '@enxame/identity/ticket';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import { ticketLifeMs } from '@enxame/shared/peer/ticket';
import { describe, expect, it } from 'vitest';
import type { TrackerPin } from '../tracker/tracker-book.js';
import { createTicketCheck } from './ticket-check.js';

const deviceId = 'd'.repeat(51).concat('a') as DeviceId;
const contentId = 'c'.repeat(51).concat('a') as ContentId;

function createTracker() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const trackerId = toTrackerId(publicKey);
  const pin: TrackerPin = {
    url: 'https://127.0.0.1',
    trackerId,
    key: encodePublicKey(publicKey),
    name: 'a network',
    words: 'mel-trigo-farol-41',
    user: null,
  };
  const sign = (now: number) => signTicket(privateKey, { trackerId, deviceId, contentId, userName: 'Rui' }, now);
  return { pin, sign };
}

describe('P3: a ticket that was good', () => {
  it('is good for the same device and content until it expires, and for no other', async () => {
    const { pin, sign } = createTracker();
    let now = 1_700_000_000_000;
    const check = createTicketCheck({ pin: () => pin, now: () => now });
    const { ticket } = await sign(now);
    for (let turn = 0; turn < 2; turn++) {
      await expect(check(ticket, deviceId, contentId)).resolves.toMatchObject({ name: 'Rui' });
      await expect(check(ticket, contentId as string as DeviceId, contentId)).rejects.toThrow('ticket-invalid');
      await expect(check(ticket, deviceId, deviceId as string as ContentId)).rejects.toThrow('ticket-invalid');
      await expect(check(`${ticket}x`, deviceId, contentId)).rejects.toThrow('ticket-invalid');
    }
    now += ticketLifeMs + 3_600_000;
    await expect(check(ticket, deviceId, contentId)).rejects.toThrow('ticket-invalid');
  });

  it('is not of another tracker, though it was of the one before', async () => {
    const [before, after] = [createTracker(), createTracker()];
    let { pin } = before;
    const check = createTicketCheck({ pin: () => pin, now: () => 1_700_000_000_000 });
    const { ticket } = await before.sign(1_700_000_000_000);
    await check(ticket, deviceId, contentId);
    pin = after.pin;
    await expect(check(ticket, deviceId, contentId)).rejects.toThrow('ticket-invalid');
  });
});
