import type { EngineStatus } from '@enxame/shared/engine/status';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { DeviceIdentity } from './identity/device-identity.js';
import type { SettingsStore } from './settings/settings-store.js';
import type { TrackerBook } from './tracker/tracker-book.js';
import type { TrackerConnection } from './tracker/tracker-connection.js';

/** What an interface is told of the engine as a whole, as it is when it is read. */
export function createStatusReader(parts: {
  readonly version: string;
  readonly suggestedTracker: string | null;
  readonly identity: Pick<DeviceIdentity, 'deviceId'>;
  readonly settings: Pick<SettingsStore, 'settings'>;
  readonly book: Pick<TrackerBook, 'current'>;
  readonly connection: Pick<TrackerConnection, 'status'>;
  readonly addresses: () => DeviceAddress[];
  readonly receiving: { bytesPerSecond(): number };
  readonly sending: { bytesPerSecond(): number };
}): () => EngineStatus {
  return () => ({
    version: parts.version,
    device: { id: parts.identity.deviceId, name: parts.settings.settings.deviceName },
    user: parts.book.current?.user ?? null,
    tracker: parts.connection.status,
    suggestedTracker: parts.suggestedTracker,
    settings: parts.settings.settings,
    addresses: parts.addresses(),
    rates: {
      receiveBytesPerSecond: parts.receiving.bytesPerSecond(),
      sendBytesPerSecond: parts.sending.bytesPerSecond(),
    },
  });
}
