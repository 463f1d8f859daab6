import type { ContentId, TransferId } from '@enxame/shared/ids';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Logger } from 'pino';
import type { Closing } from '../closing.js';
import type { Folders } from '../collections/open-folders.js';
import { isSameFile } from '../content/is-same-file.js';
import type { HashPool } from '../hashing/hash-pool.js';
import type { DeviceIdentity } from '../identity/device-identity.js';
import type { Ledger } from '../ledger.js';
import type { Library } from '../library/library.js';
import { systemTimers } from '../library/timers.js';
import type { DevicePaths } from '../peer/paths/device-paths.js';
import type { KeyPins } from '../people/key-pins.js';
import { openReceiptOutbox } from '../receipts/receipt-outbox.js';
import type { SettingsStore } from '../settings/settings-store.js';
import type { TrackerBook } from '../tracker/tracker-book.js';
import type { TrackerConnection } from '../tracker/tracker-connection.js';
import { openDownloadList, type DownloadList } from './download-list.js';
import type { PartContents } from './part-contents.js';
import { createSourceWatches } from './source-watches.js';

/**
 * The downloads of a data folder, joined with the parts that they need: what was received is held by the library,
 * offered to others, and confirmed to those who gave it. `closing` gets what ends them.
 */
export async function openDownloads(
  deps: {
    readonly dataFolder: string;
    readonly book: TrackerBook;
    readonly connection: TrackerConnection;
    readonly identity: DeviceIdentity;
    readonly settings: SettingsStore;
    readonly keyPins: KeyPins;
    readonly library: Library;
    readonly pool: HashPool;
    readonly ledger: Ledger;
    readonly folders: Folders;
    readonly paths: DevicePaths;
    readonly parts: PartContents;
    readonly offers: { changed(contentId: ContentId): void };
    readonly onBroken: OnBroken;
    readonly onChange: (id: TransferId) => void;
    readonly onRemove: (id: TransferId) => void;
    /** This device has the content now. */
    readonly onReceived: (contentId: ContentId) => void;
    readonly logger: Logger;
    readonly random: () => number;
  },
  closing: Closing,
): Promise<DownloadList> {
  const { book, library, pool, ledger, logger, random } = deps;
  const now = systemTimers.now;
  const sourceFinding = {
    link: deps.connection,
    trackerId: () => book.current?.trackerId,
    checkKey: deps.keyPins.check,
    watches: createSourceWatches(),
  };
  const receipts = await openReceiptOutbox(deps.dataFolder, {
    ...sourceFinding,
    paths: deps.paths.toSources,
    identity: deps.identity,
    deviceName: () => deps.settings.settings.deviceName,
    onBroken: deps.onBroken,
    timers: systemTimers,
    random,
    logger,
  });
  closing.add(() => receipts.close());
  const downloads = await openDownloadList({
    ...sourceFinding,
    dataFolder: deps.dataFolder,
    onBroken: deps.onBroken,
    onChange: deps.onChange,
    onRemove: deps.onRemove,
    onEnded: ledger.noteDownload,
    onReceived: async ({ givers, ...content }) => {
      await library.contents.add({ ...content, sha256: null, heldAs: 'download' });
      deps.offers.changed(content.contentId);
      deps.onReceived(content.contentId);
      await receipts.add({ contentId: content.contentId, size: content.size, receivedAt: now() }, givers);
    },
    onReceivedFolder: async ({ givers, ...received }) => {
      deps.offers.changed(received.contentId);
      deps.onReceived(received.contentId);
      await receipts.add({ ...received, receivedAt: now() }, givers);
    },
    folderDownloads: deps.folders.downloads,
    isStillThere: async (contentId, path) => {
      const held = library.contents.getByPath(path);
      return held?.contentId === contentId && (await isSameFile(path, held));
    },
    sha256: async ({ contentId, path }, signal) => {
      const sha256 = await pool.sha256(path, { signal });
      await library.contents.setSha256(contentId, sha256);
      return sha256;
    },
    verifyPieces: (path, manifest, signal) => pool.verifyPieces(path, manifest, { signal }),
    paths: deps.paths.toSources,
    parts: deps.parts,
    slots: () => ledger.limits.status.limits.downloadSlots,
    rates: ledger.rates,
    logger,
    timers: systemTimers,
    random,
  });
  closing.add(() => downloads.close());
  return downloads;
}
