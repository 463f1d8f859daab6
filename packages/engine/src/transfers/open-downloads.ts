import type { ContentId, DeviceId, TransferId } from '@enxame/shared/ids';
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
import { openReceiptOutbox, type ReceiptOutbox } from '../receipts/receipt-outbox.js';
import type { SettingsStore } from '../settings/settings-store.js';
import type { TrackerBook } from '../tracker/tracker-book.js';
import type { TrackerConnection } from '../tracker/tracker-connection.js';
import { openDownloadList, type DownloadList } from './download-list.js';
import { toHeldAs } from './download-record.js';
import type { PartContents } from './part-contents.js';
import type { ReadPositions } from './read-positions.js';
import type { CodeDoors } from '../codes/doors/code-doors.js';
import type { CodeFeeds, SourceFeed } from './source-feed.js';
import { createSourceFinder } from './source-finder.js';
import { createSourceWatches } from './source-watches.js';

export interface OpenedDownloads {
  readonly downloads: DownloadList;
  readonly receipts: ReceiptOutbox;
  /** The sources of a content of the catalogue, for whoever else wants to reach them. */
  readonly openFeed: (contentId: ContentId, onNews: () => void) => SourceFeed;
}

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
    readonly readPositions: ReadPositions;
    readonly offers: { changed(contentId: ContentId): void };
    readonly codeDoors: CodeFeeds & Pick<CodeDoors, 'senderOf'>;
    readonly onBroken: OnBroken;
    readonly onChange: (id: TransferId) => void;
    readonly onRemove: (id: TransferId) => void;
    /** This device has the content now. */
    readonly onReceived: (contentId: ContentId) => void;
    readonly logger: Logger;
    readonly random: () => number;
  },
  closing: Closing,
): Promise<OpenedDownloads> {
  const { book, library, pool, ledger, logger, random } = deps;
  const now = systemTimers.now;
  const sourceFinding = {
    link: deps.connection,
    trackerId: () => book.current?.trackerId,
    checkKey: deps.keyPins.check,
    watches: createSourceWatches(),
    codeFeeds: deps.codeDoors,
  };
  /** Who sends under a code is told, whoever the bytes came from. */
  function owedTo(contentId: ContentId, givers: readonly DeviceId[], door: string): readonly DeviceId[] {
    const sender = door === 'code' ? deps.codeDoors.senderOf(contentId) : undefined;
    return sender === undefined ? givers : [...new Set([...givers, sender])];
  }
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
    onReceived: async ({ givers, door, ...content }) => {
      const { contentId, size } = content;
      await library.contents.add({ ...content, sha256: null, heldAs: toHeldAs({ door }) });
      deps.offers.changed(contentId);
      deps.onReceived(contentId);
      await receipts.add({ contentId, size, receivedAt: now() }, owedTo(contentId, givers, door), door);
    },
    onReceivedFolder: async ({ contentId, size, givers, door }) => {
      deps.offers.changed(contentId);
      deps.onReceived(contentId);
      await receipts.add({ contentId, size, receivedAt: now() }, owedTo(contentId, givers, door), door);
    },
    onVerified: (contentId, bytes) => {
      // The tracker's counts are its own matter: one that is away, or older, does without.
      deps.connection.session
        ?.request('download:report', { contentId, bytes: { ...bytes } })
        .catch((error: unknown) => {
          deps.logger.info({ err: error }, 'a download could not be reported');
        });
    },
    folderDownloads: deps.folders.downloads,
    isStillThere: async (contentId, path) => {
      const held = library.contents.getByPath(path);
      return held?.contentId === contentId && (await isSameFile(path, held));
    },
    sha256: async ({ contentId, path, isCold }, signal) => {
      const sha256 = await pool.sha256(path, { signal, isCold });
      await library.contents.setSha256(contentId, sha256);
      return sha256;
    },
    verifyPieces: (path, manifest, signal) => pool.verifyPieces(path, manifest, { signal }),
    paths: deps.paths.toSources,
    parts: deps.parts,
    readPositions: deps.readPositions,
    slots: () => ledger.limits.status.limits.downloadSlots,
    rates: ledger.rates,
    logger,
    timers: systemTimers,
    random,
  });
  closing.add(() => downloads.close());
  const openFeed: OpenedDownloads['openFeed'] = (contentId, onNews) =>
    createSourceFinder(contentId, sourceFinding, onNews);
  return { downloads, receipts, openFeed };
}
