import { randomBytes, randomInt } from 'node:crypto';
import { pickLanguage } from '@enxame/shared/language';
import type { Closing } from '../closing.js';
import type { SettingsStore } from '../settings/settings-store.js';
import type { DeviceIdentity } from './device-identity.js';
import { createDevicePairing, type DevicePairing } from './device-pairing.js';

/** The codes for one more device, with the system's randomness. */
export function openDevicePairing(
  deps: {
    readonly identity: Pick<DeviceIdentity, 'recoveryWords'>;
    readonly settings: Pick<SettingsStore, 'settings'>;
    readonly trackerUrl: () => string | undefined;
  },
  closing: Closing,
): DevicePairing {
  const { identity, settings } = deps;
  const pairing = createDevicePairing({
    recoveryWords: (language) => identity.recoveryWords(language),
    deviceName: () => settings.settings.deviceName,
    trackerUrl: deps.trackerUrl,
    language: () => {
      const { language } = settings.settings;
      return language === 'system' ? pickLanguage([process.env['LANG'] ?? '']) : language;
    },
    randomBytes,
    randomInt: (below) => randomInt(below),
    random: Math.random,
    now: Date.now,
  });
  closing.add(pairing.close);
  return pairing;
}
