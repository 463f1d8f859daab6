import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { toBase32 } from '@enxame/shared/content/base32';
import { contentIdSchema } from '@enxame/shared/ids';
import { ticketLifeMs, ticketSchema } from '@enxame/shared/peer/ticket';
import { SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { toBase64url } from './encoding.js';
import { toDeviceId, toTrackerId } from './public-key.js';
import { checkTicket, signTicket } from './ticket.js';

const now = 1_700_000_000_000;
const minuteMs = 60_000;
const tracker = generateKeyPairSync('ed25519');
const trackerId = toTrackerId(tracker.publicKey);
const createDeviceId = () => toDeviceId(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
const createContentId = () => contentIdSchema.parse(toBase32(randomBytes(32)));
const holder = { trackerId, deviceId: createDeviceId(), contentId: createContentId() };
const sign = () => signTicket(tracker.privateKey, { ...holder, userName: 'Ana' }, now);
const check = (ticket: string, at = now, expected = holder) => checkTicket(ticket, tracker.publicKey, expected, at);
const invalid = { code: 'ticket-invalid' };

describe('a ticket', () => {
  it('I6: lets one device fetch one content, and says whose device it is', async () => {
    const { ticket, expiresAt } = await sign();
    expect(ticketSchema.parse(ticket)).toBe(ticket);
    expect(expiresAt).toBe(now + ticketLifeMs);
    expect(await check(ticket)).toEqual({
      iss: trackerId,
      sub: holder.deviceId,
      aud: holder.contentId,
      name: 'Ana',
      exp: expiresAt / 1000,
    });
  });

  it('I6: ends, with some minutes for clocks that disagree', async () => {
    const { ticket, expiresAt } = await sign();
    await expect(check(ticket, expiresAt + 4 * minuteMs)).resolves.toBeDefined();
    await expect(check(ticket, expiresAt + 6 * minuteMs)).rejects.toMatchObject(invalid);
  });

  it('I6: is no ticket for another device, content or tracker', async () => {
    const { ticket } = await sign();
    const otherTracker = toTrackerId(generateKeyPairSync('ed25519').publicKey);
    await expect(check(ticket, now, { ...holder, deviceId: createDeviceId() })).rejects.toMatchObject(invalid);
    await expect(check(ticket, now, { ...holder, contentId: createContentId() })).rejects.toMatchObject(invalid);
    await expect(check(ticket, now, { ...holder, trackerId: otherTracker })).rejects.toMatchObject(invalid);
  });

  it('I6: counts only when the tracker signed it, by the one algorithm', async () => {
    const claims = { iss: trackerId, sub: holder.deviceId, aud: holder.contentId, name: 'Ana', exp: now / 1000 + 60 };
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'EdDSA' }).sign(stranger);
    await expect(check(forged)).rejects.toMatchObject(invalid);
    // The oldest tricks of JWT: no signature at all, and the public key taken for a shared secret.
    const body = toBase64url(Buffer.from(JSON.stringify(claims)));
    await expect(check(`${toBase64url(Buffer.from('{"alg":"none"}'))}.${body}.`)).rejects.toMatchObject(invalid);
    const der = tracker.publicKey.export({ format: 'der', type: 'spki' });
    const shared = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(der);
    await expect(check(shared)).rejects.toMatchObject(invalid);
  });

  it.each(['', 'a', 'a.b.c', '..', '\u0000'])('I6: is refused when it is %j', async (text) => {
    await expect(check(text)).rejects.toMatchObject(invalid);
  });

  it('I6: needs an end', async () => {
    const { trackerId: iss, deviceId: sub, contentId: aud } = holder;
    const endless = await new SignJWT({ iss, sub, aud, name: 'Ana' })
      .setProtectedHeader({ alg: 'EdDSA' })
      .sign(tracker.privateKey);
    await expect(check(endless)).rejects.toMatchObject(invalid);
  });
});
