import { z } from 'zod';

/** 32 bytes in base32: 52 characters, the last of which carries one bit. */
const hash32 = z.string().regex(/^[a-z2-7]{51}[aq]$/);

/** BLAKE3 of a manifest. Same bytes, same id, whatever the name. */
export const contentIdSchema = hash32.brand<'ContentId'>();
export type ContentId = z.infer<typeof contentIdSchema>;

/** SHA-256 of a device's public key (SPKI, DER). */
export const deviceIdSchema = hash32.brand<'DeviceId'>();
export type DeviceId = z.infer<typeof deviceIdSchema>;

/** SHA-256 of a user's public key (SPKI, DER). */
export const userIdSchema = hash32.brand<'UserId'>();
export type UserId = z.infer<typeof userIdSchema>;

/** SHA-256 of a tracker's public key (SPKI, DER). */
export const trackerIdSchema = hash32.brand<'TrackerId'>();
export type TrackerId = z.infer<typeof trackerIdSchema>;

/** 16 random bytes, made by the device that shares: announcing again is then the same announcement. */
export const entryIdSchema = z
  .string()
  .regex(/^[a-z2-7]{25}[aeimquy4]$/)
  .brand<'EntryId'>();
export type EntryId = z.infer<typeof entryIdSchema>;

/** A transfer of this engine; it means nothing elsewhere. */
export const transferIdSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,64}$/)
  .brand<'TransferId'>();
export type TransferId = z.infer<typeof transferIdSchema>;

/** SHA-256 of a whole content, as `sha256sum` prints it. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
