import type { ContentId, DeviceId, EntryId, TrackerId, TransferId, UserId } from '@enxame/shared/ids';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Base 32 of a number, mixed so that neighbours look different: ids of the scenario are valid, stable and never the same. */
function digits(seed: number, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += alphabet.charAt(mix(seed * 67 + i) % 32);
  return text;
}

/** A 32-bit finaliser: each bit of what comes in moves every bit of what goes out. */
function mix(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85_eb_ca_6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2_b2_ae_35);
  return (h ^ (h >>> 16)) >>> 0;
}

const hash = (seed: number): string => `${digits(seed, 51)}a`;

export const userId = (seed: number): UserId => hash(seed + 1_000_000) as UserId;
export const deviceId = (seed: number): DeviceId => hash(seed + 2_000_000) as DeviceId;
export const contentId = (seed: number): ContentId => hash(seed + 3_000_000) as ContentId;
export const trackerId = (seed: number): TrackerId => hash(seed + 4_000_000) as TrackerId;
export const entryId = (seed: number): EntryId => `${digits(seed + 5_000_000, 25)}a` as EntryId;
export const transferId = (seed: number): TransferId => `t-${String(seed)}` as TransferId;
export const sha256 = (seed: number): string =>
  Array.from({ length: 64 }, (_, i) => (mix(seed * 64 + i) % 16).toString(16)).join('');
