import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngineHost, type EngineHost } from '@enxame/shared/engine/engine-host';
import type { EngineEvents } from '@enxame/shared/engine/events';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import { lockFolder } from '@enxame/storage/folder-lock';
import { removeLeftovers } from '@enxame/storage/leftovers';
import { createEngineFeeds } from './calls/engine-feeds.js';
import { openNetworkNews } from './calls/network-news.js';
import { openHostedFeed } from './calls/hosted-feed.js';
import { createEngineHandlers } from './calls/engine-handlers.js';
import { createCatalogueWatches } from './catalogue/catalogue-watches.js';
import { createClosing, type Closing } from './closing.js';
import { openExchange } from './exchange.js';
import { openFolders } from './collections/open-folders.js';
import { isInside } from './content/is-inside.js';
import { createHashPool } from './hashing/hash-pool.js';
import type { Engine, EngineOptions } from './engine-options.js';
import { openDeviceIdentity } from './identity/device-identity.js';
import { openDevicePairing } from './identity/open-device-pairing.js';
import { createStatusReader } from './engine-status.js';
import { openLibrary } from './library/open-library.js';
import { createProbeDesk } from './peer/probe-desk.js';
import { createPeerAccess } from './peer/peer-access.js';
import { systemTimers } from './library/timers.js';
import { openWatchedFolders } from './watched/watched-folders.js';
import { openPeer } from './peer/open-peer.js';
import { createNotices } from './notices.js';
import { openDoctor } from './doctor/open-doctor.js';
import { openPersons } from './people/open-persons.js';
import { openSettings } from './settings/settings-store.js';
import { openTrackerBook } from './tracker/tracker-book.js';
import { createTrackerClock } from './tracker/tracker-clock.js';
import { createTrackerConnection } from './tracker/tracker-connection.js';
import { createLibraryCheck } from './verify/library-check.js';
import { createPreflight } from './preflight/create-preflight.js';
import { uploadFolderName } from './web/upload-folder.js';
import { createTransferList } from './transfers/transfer-list.js';

export type { Engine, EngineOptions };

/**
 * Opens the engine of a data folder: the peer of one device. Throws `data-folder-locked`, `data-folder-unwritable`,
 * `identity-broken`, `port-taken`. Everything opened is closed again when a later part fails.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const closing = createClosing();
  try {
    return await openEngine(options, closing);
  } catch (error) {
    await closing.close();
    throw error;
  }
}

async function openEngine(options: EngineOptions, closing: Closing): Promise<Engine> {
  const { dataFolder, logger } = options;
  const now = Date.now;
  const random = Math.random;
  const notices = createNotices(logger, () => {
    if (host.sessions > 0) tellNotices();
  });
  const tellNotices = (): void => {
    for (const notice of notices.take()) host.broadcast('notice:raised', notice);
  };
  const { onBroken } = notices;

  const lock = await lockFolder(dataFolder);
  closing.add(() => lock.close());
  const folder = await realpath(dataFolder);
  await removeLeftovers(folder);
  const identity = await openDeviceIdentity(folder, now);
  const settings = await openSettings(folder, options.downloadsFolder, onBroken);
  const book = await openTrackerBook(folder, onBroken);
  const broadcast: EngineHost['broadcast'] = (event, payload) => {
    if (isOpen) host.broadcast(event, payload);
  };
  /** What is told while the engine opens, interfaces ask for. */
  let isOpen = false;
  const persons = await openPersons(folder, { book, broadcast, onBroken, logger, now }, closing);
  const { keyPins, personBook } = persons;
  const pool = createHashPool({
    workerUrl: options.hashWorkerUrl ?? new URL('./hashing/hash-worker.js', import.meta.url),
  });
  closing.add(() => pool.close());

  const trackerClock = createTrackerClock(now, () => performance.now());
  let addresses: DeviceAddress[] = [];
  const connection = createTrackerConnection({
    book,
    identity,
    device: () => ({ name: settings.settings.deviceName, addresses }),
    onTime: trackerClock.learn,
    onStatus: () => {
      if (connection.status?.connected === false) people.setOffline();
      feeds.statusChanged();
    },
    logger,
    now,
    random,
  });
  // Its keys must never leave; what a browser sent here was sent to be shared.
  const isPrivate = (path: string): boolean =>
    isInside(path, folder) && !isInside(path, join(folder, uploadFolderName));
  const library = await openLibrary({
    folder: join(folder, 'library'),
    pool,
    link: connection,
    isPrivate,
    people: personBook,
    onBrokenDocument: onBroken,
    logger,
  });
  closing.add(() => library.close());
  const folders = openFolders({ dataFolder: folder, workerUrl: options.folderWorkerUrl, library, pool }, closing);

  const watched = await openWatchedFolders(folder, {
    ...{ shares: library.shares, isPrivate, onBroken, timers: systemTimers, logger },
    onChange: (folders) => {
      broadcast('watched:changed', { folders });
    },
  });
  closing.add(() => watched.close());

  const feeds = createEngineFeeds({
    broadcast,
    status: () => readStatus(),
    transfer: (id) => transfers.view(id),
    share: (id) => library.shares.get(id),
    verify: () => libraryCheck.status,
    contentChanged: (contentId) => {
      catalogue.contentChanged(contentId);
    },
  });
  closing.add(feeds.close);

  const libraryCheck = createLibraryCheck({ library, pool, onChange: feeds.verifyChanged, logger, now });
  closing.add(libraryCheck.close);

  const { doors, ledger, parts, previews, paths, downloads, codes, openFeed } = await openExchange(
    {
      dataFolder: folder,
      book,
      connection,
      identity,
      settings,
      keyPins,
      isBlocked: personBook.isBlocked,
      library,
      pool,
      folders,
      feeds,
      isPrivate,
      sealingWorkerUrl: options.sealingWorkerUrl,
      addresses: () => addresses,
      broadcast,
      onReceived: (contentId) => {
        catalogue.contentChanged(contentId);
      },
      onBroken,
      logger,
      random,
    },
    closing,
  );
  const transfers = createTransferList(downloads, ledger);
  const preflight = createPreflight({ library, pool, transfers }, closing);

  const catalogue = createCatalogueWatches({
    link: connection,
    userId: () => book.current?.user?.id,
    blocked: () => personBook.blocked().map(({ id }) => id),
    hasContent: (contentId) => library.contents.get(contentId) !== undefined,
    look: library.look,
    logger,
  });
  closing.add(catalogue.close);
  closing.add(library.onPresence(catalogue.contentChanged));
  const people = persons.follow(connection);
  const hostedFeed = openHostedFeed({
    link: connection,
    broadcast: (change) => {
      broadcast('hosted:changed', change);
    },
    logger,
  });
  closing.add(hostedFeed.close);
  const announce = (made: EngineEvents['announcement:made']): void => {
    host.broadcast('announcement:made', made);
  };
  closing.add(openNetworkNews({ link: connection, notices, announce, logger }));
  const doctor = openDoctor({
    ...{ connection, people, book, settings, paths, openFeed, logger },
    peer: () => peer,
    addresses: () => addresses,
    onChange: (report) => {
      host.broadcast('doctor:changed', report);
    },
  });
  closing.add(() => doctor.close());

  const pairing = openDevicePairing({ identity, settings, trackerUrl: () => book.current?.url }, closing);
  const readStatus = createStatusReader({
    version: options.version,
    suggestedTracker: options.suggestedTracker ?? null,
    identity,
    settings,
    book,
    connection,
    addresses: () => addresses,
    receiving: downloads,
    sending: ledger.sends,
  });
  const host = createEngineHost({
    handlers: createEngineHandlers({
      ...{ identity, settings, book, connection, library, watched, ledger, libraryCheck, pairing, codes, transfers },
      ...{ preflight, previews, catalogue, people, doctor, personBook, keyPins },
      onPersonChanged: people.changed,
      onBlocked: catalogue.renew,
      status: readStatus,
      onStatus: feeds.statusChanged,
      onHostedWatched: hostedFeed.watch,
    }),
    onInternal: (error, call) => {
      logger.error({ err: error, call }, 'call failed');
    },
    onSessionEnd: (session) => {
      catalogue.endSession(session);
      previews.endSession(session);
    },
  });
  closing.add(() => {
    host.close();
  });

  isOpen = true;
  closing.add(library.shares.onChange(feeds.shareChanged));

  const peer = await openPeer(
    {
      askedPort: options.peerPort,
      portMapper: options.portMapper,
      tls: identity.tls,
      ...createPeerAccess({
        book,
        library,
        parts,
        members: folders.members,
        isBlocked: personBook.isBlocked,
        capabilities: { own: { issuer: identity.deviceId, key: identity.publicKey }, issuerOf: doors.issuerOf },
        now,
        trackerNow: trackerClock.now,
      }),
      uploads: ledger.uploads,
      receipts: ledger.receiptDesk,
      swarm: codes.sends,
      probes: createProbeDesk({ rates: ledger.rates, now: () => performance.now() }),
      settings,
      paths,
      hasContent: (contentId) => library.contents.get(contentId) !== undefined || parts.has(contentId),
      onAddresses: (next) => {
        addresses = next;
        feeds.statusChanged();
        downloads.redial();
        codes.sends.addressesChanged();
        connection.updateAddresses().catch((error: unknown) => {
          // The next session opens with the new ones.
          logger.info({ err: error }, 'new addresses could not be told');
        });
      },
      logger,
      random,
    },
    closing,
  );
  addresses = peer.addresses;
  codes.serving(peer.serve);
  closing.add(() => connection.close());
  void connection.restart();
  downloads.resumeAll();

  return {
    accept: (carrier) => {
      host.accept(carrier);
      tellNotices();
    },
    answerPreview: previews.answer,
    get addresses() {
      return addresses;
    },
    close: () => closing.close(),
  };
}
