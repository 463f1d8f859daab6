import type { ContentId, DeviceId, EntryId, TrackerId, TransferId, UserId } from '@enxame/shared/ids';

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Digits of a number in base 32, so that ids of the scenario are valid, stable and different. */
function digits(seed: number, length: number): string {
  let text = '';
  let state = seed * 2_654_435_761 + 1;
  for (let i = 0; i < length; i++) {
    state = (state * 1_103_515_245 + 12_345 + i) % 2_147_483_648;
    text += alphabet.charAt(Math.floor(state / 65_536) % 32);
  }
  return text;
}

const hash = (seed: number): string => `${digits(seed, 45)}${digits(Math.floor(seed / 7) + 99, 6)}a`;

export const userId = (seed: number): UserId => hash(seed + 1_000_000) as UserId;
export const deviceId = (seed: number): DeviceId => hash(seed + 2_000_000) as DeviceId;
export const contentId = (seed: number): ContentId => hash(seed + 3_000_000) as ContentId;
export const trackerId = (seed: number): TrackerId => hash(seed + 4_000_000) as TrackerId;
export const entryId = (seed: number): EntryId =>
  `${digits(seed, 18)}${seed
    .toString(32)
    .replaceAll(/[0189]/g, (d) => 'wxyz'.charAt('0189'.indexOf(d)))
    .padStart(7, 'a')
    .slice(-7)}a` as EntryId;
export const transferId = (seed: number): TransferId => `t-${String(seed)}` as TransferId;
export const sha256 = (seed: number): string =>
  Array.from({ length: 64 }, (_, i) => ((seed * 31 + i * i * 7 + i) % 16).toString(16)).join('');
