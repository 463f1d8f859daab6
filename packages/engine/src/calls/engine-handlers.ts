import { toSealWords } from '@enxame/identity/seal-words';
import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { Preflight } from '@enxame/shared/engine/preflight';
import type { EngineStatus, TrackerInfo } from '@enxame/shared/engine/status';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, EntryId } from '@enxame/shared/ids';
import type { Codes } from '../codes/codes.js';
import type { CatalogueWatches } from '../catalogue/catalogue-watches.js';
import type { DeviceIdentity } from '../identity/device-identity.js';
import { listFolder } from '../folder-listing/list-folder.js';
import type { Library } from '../library/library.js';
import type { Doctor } from '../doctor/doctor.js';
import type { Ledger } from '../ledger.js';
import type { SettingsStore } from '../settings/settings-store.js';
import { parseTrackerAddress } from '../tracker/tracker-address.js';
import type { TrackerBook } from '../tracker/tracker-book.js';
import type { TrackerConnection } from '../tracker/tracker-connection.js';
import { fetchHello, type CheckedHello } from '../tracker/tracker-hello.js';
import type { WantedDownload } from '../transfers/wanted-download.js';
import type { TransferList } from '../transfers/transfer-list.js';
import { definedOnly } from './defined-only.js';
import type { DevicePairing } from '../identity/device-pairing.js';
import { createIdentityHandlers } from './identity-handlers.js';
import { createSearchHandlers } from './search-handlers.js';
import { createTrackerHandlers } from './tracker-handlers.js';
import { createForwardedHandlers } from './forwarded-handlers.js';
import { createWatchedHandlers } from './watched-handlers.js';
import type { WatchedFolders } from '../watched/watched-folders.js';
import { createPersonHandlers, type PersonHandlerDeps } from './person-handlers.js';
import { createHistoryHandlers } from './history-handlers.js';
import { createCodeHandlers } from './code-handlers.js';
import { createLimitHandlers } from './limit-handlers.js';
import { createDoctorHandlers } from './doctor-handlers.js';
import { createPreviewHandlers } from './preview-handlers.js';
import { createVerifyHandlers } from './verify-handlers.js';
import { createNetworkHandlers } from './network-handlers.js';
import type { Previews } from '../preview/previews.js';
import type { LibraryCheck } from '../verify/library-check.js';

export interface HandlerDeps extends PersonHandlerDeps {
  readonly identity: DeviceIdentity;
  readonly pairing: DevicePairing;
  readonly settings: SettingsStore;
  readonly book: TrackerBook;
  readonly connection: TrackerConnection;
  readonly library: Library;
  readonly codes: Codes;
  readonly ledger: Ledger;
  readonly watched: WatchedFolders;
  readonly libraryCheck: LibraryCheck;
  readonly transfers: TransferList;
  readonly preflight: (wanted: WantedDownload) => Promise<Preflight>;
  readonly previews: Previews;
  readonly catalogue: CatalogueWatches;
  readonly doctor: Doctor;
  readonly status: () => EngineStatus;
  readonly onStatus: () => void;
  /** An interface follows the hosted copies. */
  readonly onHostedWatched: () => void;
}

/** What each engine call does: the parts do the work, this table says which. */
export function createEngineHandlers(deps: HandlerDeps): EngineHandlers {
  const { settings, book, connection, library, transfers, catalogue } = deps;

  return {
    'status:get': () => deps.status(),
    'settings:set': async (change) => {
      const next = await settings.update(definedOnly(change));
      deps.onStatus();
      return next;
    },

    'tracker:probe': async ({ url }) => {
      const address = parseTrackerAddress(url);
      const { hello } = await fetchHello(address);
      return toTrackerInfo(address.url, hello, book);
    },
    'tracker:use': async ({ url, trust }) => {
      const address = parseTrackerAddress(url);
      const { hello } = await fetchHello(address);
      const info = await toTrackerInfo(address.url, hello, book);
      const pinned = book.byUrl(address.url);
      if (pinned && pinned.trackerId !== hello.trackerId && !trust) {
        throw new EnxameError('tracker-identity-changed', {
          address: address.url.replace('https://', ''),
          words: info.words,
        });
      }
      const { trackerId, key, name } = hello;
      // Choosing what is in use already changes nothing: a name may be on its way there.
      const isInUse = pinned !== undefined && pinned === book.current && pinned.trackerId === trackerId;
      if (!isInUse || connection.status?.connected !== true) {
        const user = book.byId(trackerId)?.user ?? null;
        await book.use({ url: address.url, trackerId, key, name, words: info.words, user });
        await connection.restart();
        deps.onStatus();
      }
      // The session may have told that this key is registered there already.
      return { ...info, registeredAs: book.byId(trackerId)?.user?.name ?? null };
    },
    'tracker:retry': () => {
      connection.retry();
      return {};
    },
    'name:check': async ({ name }) => (await connection.openSocket()).request('name:check', { name }),
    'user:register': async ({ name, invitation }) => ({
      user: await connection.register(name, invitation),
      device: { id: deps.identity.deviceId },
    }),

    'share:add': ({ paths, ...options }) => library.shares.add(paths, options),
    'share:show': ({ id, visibility }) => library.shares.show(id, visibility),
    'share:remove': async ({ id }) => {
      await library.shares.remove(id);
      return {};
    },
    'shares:list': ({ after }) => library.shares.page(after),

    'catalogue:list': ({ query, window, cursor }) => catalogue.list(query, window, cursor),
    'catalogue:watch': ({ watchId, query, window }, session) => catalogue.watch(session, watchId, query, window),
    'catalogue:unwatch': async ({ watchId }, session) => {
      await catalogue.unwatch(session, watchId);
      return {};
    },

    'download:check': async ({ id, folder }) => {
      const wanted = await findWanted(deps, id);
      return deps.preflight({ ...wanted, folder: folder ?? settings.settings.downloadsFolder });
    },
    'download:start': async ({ id, folder }) => {
      const wanted = await findWanted(deps, id);
      return transfers.start({ ...wanted, folder: folder ?? settings.settings.downloadsFolder });
    },
    'transfers:list': () => ({ transfers: transfers.list() }),
    'transfer:pause': ({ id }) => done(transfers.pause(id)),
    'transfer:resume': ({ id }) => done(transfers.resume(id)),
    'transfer:remove': ({ id }) => done(transfers.remove(id)),
    'transfer:pieces': ({ id }) => transfers.pieces(id),

    ...createPersonHandlers(deps),
    ...createWatchedHandlers(deps.watched),
    ...createCodeHandlers(deps.codes),
    ...createIdentityHandlers(deps),
    ...createTrackerHandlers(book),
    ...createSearchHandlers(connection),
    ...createLimitHandlers(deps),
    ...createHistoryHandlers(deps.ledger),
    ...createNetworkHandlers({ connection, book, identity: deps.identity, now: Date.now }),
    ...createForwardedHandlers({ link: connection, book, onHostedWatched: deps.onHostedWatched }),
    ...createVerifyHandlers(deps.libraryCheck),
    ...createDoctorHandlers(deps.doctor),
    ...createPreviewHandlers(deps.previews),

    'folder:list': ({ path }) => listFolder({ path, downloadsFolder: settings.settings.downloadsFolder }),
  };
}

async function done(work: Promise<void>): Promise<Record<string, never>> {
  await work;
  return {};
}

/** What an entry id or a content id of the catalogue stands for. Throws `entry-not-found`, `tracker-offline`. */
async function findWanted(deps: HandlerDeps, id: EntryId | ContentId) {
  const { session } = deps.connection;
  if (!session) throw new EnxameError(deps.book.current?.user ? 'tracker-offline' : 'not-registered');
  const row = await session.request('entry:get', { id });
  const { contentId, name, size, collection = null } = row;
  return { contentId, entryId: row.id, name, size, collection, personName: row.owner.name };
}

async function toTrackerInfo(url: string, hello: CheckedHello['hello'], book: TrackerBook): Promise<TrackerInfo> {
  const { trackerId, name, usersOnline } = hello;
  const words = await toSealWords(trackerId);
  return { url, trackerId, name, words, usersOnline, registeredAs: book.byId(trackerId)?.user?.name ?? null };
}
