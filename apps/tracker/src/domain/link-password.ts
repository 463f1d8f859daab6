import { createHmac, scrypt, timingSafeEqual } from 'node:crypto';
import type { LinkId } from '@enxame/shared/tracker/link';
import { z } from 'zod';

/** OWASP's advice for scrypt: some 60 ms and 32 MiB for one try. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const hashBytes = 32;
export const passLifeMs = 3_600_000;

export const storedPasswordSchema = z.object({ salt: z.string(), hash: z.string() });
export type StoredPassword = z.infer<typeof storedPasswordSchema>;

const derive = (password: string, salt: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, hashBytes, cost, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });

export async function hashPassword(password: string, salt: Uint8Array): Promise<StoredPassword> {
  const hash = await derive(password, Buffer.from(salt));
  return { salt: Buffer.from(salt).toString('base64url'), hash: hash.toString('base64url') };
}

export async function isPassword(stored: StoredPassword, password: string): Promise<boolean> {
  const expected = Buffer.from(stored.hash, 'base64url');
  return timingSafeEqual(await derive(password, Buffer.from(stored.salt, 'base64url')), expected);
}

/** Proofs that somebody knew the password lately: signed, so that none has to be remembered. */
export interface LinkPasses {
  create(id: LinkId, password: StoredPassword): string;
  isGood(id: LinkId, password: StoredPassword, pass: string | undefined): boolean;
}

/** `key`: made at the start and kept nowhere; a restart asks for the passwords again. */
export function createLinkPasses(key: Uint8Array, now: () => number): LinkPasses {
  const sign = (id: LinkId, { hash }: StoredPassword, endsAt: string): string =>
    createHmac('sha256', key).update([id, hash, endsAt].join('\n')).digest('base64url');
  return {
    create: (id, password) => {
      const endsAt = String(now() + passLifeMs);
      return `${endsAt}.${sign(id, password, endsAt)}`;
    },
    isGood: (id, password, pass = '') => {
      const [endsAt = '', mac = ''] = pass.split('.', 2);
      const expected = Buffer.from(sign(id, password, endsAt));
      const given = Buffer.from(mac);
      return given.length === expected.length && timingSafeEqual(given, expected) && Number(endsAt) > now();
    },
  };
}
