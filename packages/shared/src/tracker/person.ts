import { z } from 'zod';
import { deviceGrantSchema } from '../identity/grant.js';
import { deviceIdSchema, userIdSchema } from '../ids.js';

/** More than any person has devices at once, few enough to dial all. */
export const maxAddresses = 16;

/** Where a device's peer server can be reached: a literal IP address, never a name that somebody else resolves. */
export const deviceAddressSchema = z.strictObject({
  host: z.union([z.ipv4(), z.ipv6()]),
  port: z.int().min(1).max(65_535),
});
export type DeviceAddress = z.infer<typeof deviceAddressSchema>;

export const personSchema = z.object({
  id: userIdSchema,
  name: z.string(),
  online: z.boolean(),
  /** When the last device left, milliseconds since 1970; null while online or when never seen. */
  lastSeenAt: z.int().nullable(),
  /** How many entries the person has in the catalogue. */
  entries: z.int().min(0),
});
export type Person = z.infer<typeof personSchema>;

/** A device that can serve a content now. The grant proves whose device it is without believing the tracker. */
export const sourceSchema = z.object({
  deviceId: deviceIdSchema,
  userName: z.string(),
  grant: deviceGrantSchema,
  addresses: z.array(deviceAddressSchema).max(maxAddresses),
  /** It has all of the content; otherwise it has told that it has a part, and `have` says which. */
  complete: z.boolean().default(true),
  /** The tracker itself, which serves its copy at its own address: the grant is signed by the tracker's key. */
  hosted: z.literal(true).optional(),
});
export type Source = z.infer<typeof sourceSchema>;
