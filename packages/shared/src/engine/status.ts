import { z } from 'zod';
import { errorInfoSchema } from '../errors/enxame-error.js';
import { deviceIdSchema, trackerIdSchema, userIdSchema } from '../ids.js';
import { languageSchema } from '../language.js';
import { deviceAddressSchema } from '../tracker/person.js';

/** A tracker as somebody thinking about joining it sees it. */
export const trackerInfoSchema = z.object({
  /** Normal form: `https://host:port`. */
  url: z.string(),
  trackerId: trackerIdSchema,
  name: z.string(),
  /** The tracker's key as words that two people can compare: "mel-trigo-farol-41". */
  words: z.string(),
  usersOnline: z.int(),
  /** The name that this computer already has there, if any. */
  registeredAs: z.string().nullable(),
});
export type TrackerInfo = z.infer<typeof trackerInfoSchema>;

export const trackerStatusSchema = trackerInfoSchema.omit({ usersOnline: true, registeredAs: true }).extend({
  connected: z.boolean(),
  /** Since when `connected` is what it is, milliseconds since 1970. */
  since: z.int(),
  /** While not connected: when the next try starts, and what the last one met. */
  nextTryAt: z.int().nullable(),
  error: errorInfoSchema.nullable(),
});
export type TrackerStatus = z.infer<typeof trackerStatusSchema>;

/**
 * What the desktop tells a person while its window is not in front: something arrived and was verified, somebody else
 * received and verified, something stopped and needs the person, somebody is at the other end of a code.
 */
export const noticeKinds = ['arrived', 'received', 'failed', 'code'] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export const settingsSchema = z.object({
  /** Absolute path of the managed folder. */
  downloadsFolder: z.string().min(1).max(4096),
  deviceName: z.string().min(1).max(80),
  language: z.union([languageSchema, z.literal('system')]),
  theme: z.enum(['light', 'dark', 'system']),
  /** Where other computers reach this one, from the next start on; 0, or nothing said: the port of the last time, or a free one. */
  listenPort: z.union([z.literal(0), z.int().min(1024).max(65_535)]).optional(),
  /** Whether the router may be asked for a way in (UPnP, NAT-PMP); yes when nothing was said. */
  mapPort: z.boolean().optional(),
  /** When the person showed that the recovery words are written down, milliseconds since 1970; never when nothing was said. */
  wordsSavedAt: z.int().min(0).optional(),
  // Of the desktop app; the engine keeps them for it.
  /** Whether it starts with the session of the person, without a window; no when nothing was said. */
  startAtLogin: z.boolean().optional(),
  /** Whether closing the window leaves it running in the tray, where there is one; yes when nothing was said. */
  closeToTray: z.boolean().optional(),
  /** Whether the computer is kept from sleeping while bytes move; yes when nothing was said. */
  keepAwake: z.boolean().optional(),
  /** All of them when nothing was said. */
  notifications: z.array(z.enum(noticeKinds)).max(noticeKinds.length).optional(),
  /** Whether it looks for newer versions of itself, and fetches them; no when nothing was said. */
  automaticUpdates: z.boolean().optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const engineStatusSchema = z.object({
  version: z.string(),
  device: z.object({ id: deviceIdSchema, name: z.string() }),
  /** Null until a name was registered with the tracker in use. */
  user: z.object({ id: userIdSchema, name: z.string() }).nullable(),
  /** Null until a tracker was chosen. */
  tracker: trackerStatusSchema.nullable(),
  /** A tracker that this program was started with, offered as the first choice of the first run. */
  suggestedTracker: z.string().nullable(),
  settings: settingsSchema,
  /** Where the peer server of this device listens. */
  addresses: z.array(deviceAddressSchema),
  rates: z.object({ receiveBytesPerSecond: z.number(), sendBytesPerSecond: z.number() }),
});
export type EngineStatus = z.infer<typeof engineStatusSchema>;
