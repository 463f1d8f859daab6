import { randomBytes } from 'node:crypto';
import type { EngineEventName, EngineEvents } from '@enxame/shared/engine/events';
import type { ContentId, TransferId } from '@enxame/shared/ids';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Logger } from 'pino';
import type { EngineFeeds } from './calls/engine-feeds.js';
import type { Closing } from './closing.js';
import { openCodeDoors, type CodeDoors } from './codes/doors/code-doors.js';
import { openCodes, type OpenedCodes } from './codes/open-codes.js';
import type { Folders } from './collections/open-folders.js';
import type { HashPool } from './hashing/hash-pool.js';
import type { DeviceIdentity } from './identity/device-identity.js';
import { openLedger, type Ledger } from './ledger.js';
import type { Library } from './library/library.js';
import { systemTimers } from './library/timers.js';
import { createDevicePaths, type DevicePaths } from './peer/paths/device-paths.js';
import type { KeyPins } from './people/key-pins.js';
import type { PersonBook } from './people/person-book.js';
import { openPreviews } from './preview/open-previews.js';
import type { Previews } from './preview/previews.js';
import type { SettingsStore } from './settings/settings-store.js';
import type { TrackerBook } from './tracker/tracker-book.js';
import type { TrackerConnection } from './tracker/tracker-connection.js';
import type { DownloadList } from './transfers/download-list.js';
import { createLibraryOffers } from './transfers/library-offers.js';
import { openDownloads, type OpenedDownloads } from './transfers/open-downloads.js';
import { createPartContents, type PartContents } from './transfers/part-contents.js';
import { createReadPositions } from './transfers/read-positions.js';

/** Everything by which contents come and go: the ways to other devices, both directions of transfers, and the codes. */
export interface Exchange {
  readonly doors: CodeDoors;
  readonly ledger: Ledger;
  readonly parts: PartContents;
  readonly previews: Previews;
  readonly paths: DevicePaths;
  readonly downloads: DownloadList;
  readonly codes: OpenedCodes;
  readonly openFeed: OpenedDownloads['openFeed'];
}

/** `closing` gets what ends it. */
export async function openExchange(
  deps: {
    readonly dataFolder: string;
    readonly book: TrackerBook;
    readonly connection: TrackerConnection;
    readonly identity: DeviceIdentity;
    readonly settings: SettingsStore;
    readonly keyPins: KeyPins;
    /** Whose codes are refused, both ways. */
    readonly isBlocked: PersonBook['isBlocked'];
    readonly library: Library;
    readonly pool: HashPool;
    readonly folders: Folders;
    readonly feeds: Pick<EngineFeeds, 'transferChanged' | 'transferRemoved'>;
    /** What must never leave this computer. Gets real paths. */
    readonly isPrivate: (realPath: string) => boolean;
    readonly sealingWorkerUrl: URL | undefined;
    /** Where this device can be reached now. */
    readonly addresses: () => readonly DeviceAddress[];
    readonly broadcast: <N extends EngineEventName>(event: N, payload: EngineEvents[N]) => void;
    readonly onReceived: (contentId: ContentId) => void;
    readonly onBroken: OnBroken;
    readonly logger: Logger;
    readonly random: () => number;
  },
  closing: Closing,
): Promise<Exchange> {
  const { dataFolder, book, connection, identity, library, pool, feeds, broadcast, logger } = deps;
  const transferChanged = (id: TransferId): void => {
    feeds.transferChanged(id);
    codes.transferChanged();
  };
  const doors = await openCodeDoors(dataFolder, { ...deps, timers: systemTimers, randomBytes });
  closing.add(() => doors.close());
  const ledger = await openLedger(
    dataFolder,
    {
      onBroken: deps.onBroken,
      onLimits: (status) => {
        broadcast('limits:changed', status);
        downloads.slotsChanged();
      },
      onHistory: () => {
        broadcast('history:changed', {});
      },
      onTransfer: transferChanged,
      onTransferGone: feeds.transferRemoved,
      deviceId: identity.deviceId,
      checkKey: deps.keyPins.check,
      onCodeReceipt: (claims) => codes.sends.receiptCame(claims),
      logger,
    },
    closing,
  );
  const parts = createPartContents((contentId) => {
    offers.changed(contentId);
  });
  const offers = createLibraryOffers({ link: connection, library, parts, timers: systemTimers, logger });
  closing.add(offers.close);
  const readPositions = createReadPositions();
  const paths = createDevicePaths({
    tls: identity.tls,
    link: connection,
    trackerUrl: () => book.current?.url,
    trackerId: () => book.current?.trackerId,
    askOther: doors.askSender,
    logger,
    random: deps.random,
  });
  closing.add(() => {
    paths.close();
  });
  const { downloads, receipts, openFeed } = await openDownloads(
    {
      ...deps,
      ledger,
      paths,
      parts,
      readPositions,
      offers,
      codeDoors: doors,
      onChange: transferChanged,
      onRemove: feeds.transferRemoved,
    },
    closing,
  );
  const previews = openPreviews(
    { library, members: deps.folders.members, parts, transfers: downloads, readPositions },
    closing,
  );
  const codes = await openCodes(
    {
      ...deps,
      trackerUrl: () => book.current?.url,
      userName: () => book.current?.user?.name,
      settings: () => deps.settings.settings,
      library,
      pool,
      sendLog: ledger.sends,
      downloads,
      receipts,
      history: ledger.history,
      doors,
      paths: paths.toSources,
      onChange: (list) => {
        broadcast('codes:changed', list);
      },
    },
    closing,
  );
  return { doors, ledger, parts, previews, paths, downloads, codes, openFeed };
}
