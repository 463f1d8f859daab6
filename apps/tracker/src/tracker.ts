import { randomBytes } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import { hostname } from 'node:os';
import { toSealWords } from '@enxame/identity/seal-words';
import { lockFolder } from '@enxame/storage/folder-lock';
import type { OnBroken } from '@enxame/storage/json-document';
import { removeLeftovers } from '@enxame/storage/leftovers';
import { openApi } from './api/open-api.js';
import { createCloser } from './closer.js';
import { isLoopbackHost, normaliseHost } from './domain/device-addresses.js';
import { createMailboxApplications } from './domain/mailbox-applications.js';
import { createPaths } from './domain/paths.js';
import { openNetwork } from './domain/network.js';
import { openAccount } from './account/open-account.js';
import { createAdminActions } from './admin/admin-actions.js';
import { createAdmission } from './admin/admission.js';
import { createAnnouncements } from './admin/announcements.js';
import { thisComputer } from './admin/audit-log.js';
import { openAdministration } from './admin/open-administration.js';
import { takeOrders } from './admin/orders.js';
import { createApp } from './http/app.js';
import { createEntrance } from './http/entrance.js';
import { createHello } from './http/hello.js';
import { listenOnOnePort } from './http/one-port.js';
import { toAddressGroup } from './http/address-group.js';
import { createSecureServer, showCertificate } from './http/secure-server.js';
import { slowRequestOptions, watchSlowRequests } from './http/slow-requests.js';
import { createRelay } from './http/relay.js';
import { createRelayDoor } from './http/relay-door.js';
import { attachUpgrades } from './http/upgrades.js';
import { defaultLimits } from './limits.js';
import { createMailboxServer } from './mailbox/mailbox-server.js';
import { createTransitRelay } from './mailbox/transit-relay.js';
import { openOperation } from './operation/open-operation.js';
import { openPages } from './pages/pages.js';
import { createHandlers } from './socket/handlers.js';
import { createRateLimit } from './socket/rate-limits.js';
import { createBroadcast } from './socket/broadcast.js';
import { createSocketServer } from './socket/socket-server.js';
import { createJournalCatalogueStore } from './store/journal-catalogue-store.js';
import { openSearchRecords } from './store/journal-search-records.js';
import { createLowdbUserStore } from './store/lowdb-user-store.js';
import { openOwnCertificate, openTrackerIdentity } from './store/tracker-identity.js';
import { hostedBytes, openStats } from './stats/open-stats.js';
import { watchWrites } from './store/write-health.js';
import { createSystemTurns } from './system-turns.js';
import type { Tracker, TrackerDeps } from './tracker-options.js';
import { toTrackerUrl } from './tracker-url.js';

/**
 * Builds a tracker and starts it: the one place that knows all its parts. Throws `data-folder-locked`,
 * `data-folder-unwritable`, `identity-broken`, `port-taken`, `tracker-address-invalid`.
 */
export async function createTracker(deps: TrackerDeps): Promise<Tracker> {
  const { options, clock, logger } = deps;
  const limits = { ...defaultLimits, ...deps.limits };
  const closer = createCloser();
  const onBroken: OnBroken = (notice) => {
    logger.error({ code: notice.code, ...notice.params }, 'a damaged document was set aside');
  };
  const onInternal = (error: unknown, where: string): void => {
    logger.error({ err: error, where }, 'an unforeseen failure');
  };
  const onLateFailure = (error: unknown): void => {
    onInternal(error, 'late');
  };
  try {
    const lock = await lockFolder(options.dataFolder);
    closer.add(() => lock.close());
    await removeLeftovers(options.dataFolder);
    const identity = await openTrackerIdentity(options.dataFolder);
    const certificate =
      options.certificate ??
      (await openOwnCertificate(options.dataFolder, { now: clock.now(), hostName: hostname(), onBroken }));

    const operation = openOperation(
      {
        clock,
        random: Math.random,
        trustProxy: options.trustProxy ?? [],
        metricsAccess: options.metrics ?? 'loopback',
      },
      closer,
    );
    const { clients, metrics } = operation;
    const writes = watchWrites(deps.writeFile, deps.appendFile, metrics.diskFailed);
    const turns = createSystemTurns();
    const entrance = createEntrance({ now: () => performance.now(), soon: setImmediate, maxWaitMs: limits.entranceMs });
    const broadcast = createBroadcast();
    const documents = { onBroken, writeFile: writes.writeFile, appendFile: writes.appendFile, turns };
    const userStore = createLowdbUserStore(options.dataFolder, documents);
    closer.add(() => userStore.close());
    const catalogueStore = createJournalCatalogueStore(options.dataFolder, {
      ...documents,
      workerUrl: deps.catalogueWorkerUrl,
    });
    closer.add(() => catalogueStore.close());
    const now = (): number => clock.now();
    const administration = await openAdministration({ dataFolder: options.dataFolder, limits, now, onBroken }, closer);
    const searchRecords = await openSearchRecords(options.dataFolder, onBroken);
    closer.add(() => searchRecords.close());
    const network = await openNetwork({
      userStore,
      catalogueStore,
      searchRecords,
      clock,
      turns,
      rush: entrance,
      pushAll: broadcast.pushAll,
      isNameBlocked: administration.isNameBlocked,
      refuseEntry: (userId, { contentId, name }) => administration.removals.refusal(userId, contentId, name),
      onLateFailure,
    });
    closer.add(() => network.close());
    await administration.adopt(network.users.values());
    const kept = { dataFolder: options.dataFolder, writeFile: writes.writeFile };
    const stats = await openStats({ ...kept, network, clock, turns, onBroken, onLateFailure }, closer);
    const registrations = createRateLimit({ points: limits.registrationsPerHour, seconds: 3600 });
    const countRegistration = async (remoteHost: string): Promise<void> => {
      if (!isLoopbackHost(remoteHost)) await registrations.count(toAddressGroup(remoteHost));
    };
    const admission = createAdmission({ network, administration, countRegistration });
    const announcements = createAnnouncements(administration.records);
    const adminActions = createAdminActions({
      administration,
      announcements,
      network,
      pushAll: broadcast.pushAll,
      now,
      randomBytes,
      dropHosted: (userId, contentId) => api.hosting.copies.drop(userId, contentId),
    });
    const appoint = async (name: string): Promise<unknown> => adminActions['admin:appoint']({ name }, thisComputer);
    await takeOrders({ dataFolder: options.dataFolder, appoint, onInternal: onLateFailure }, closer);
    const paths = createPaths({ index: network.sources, presence: network.presence, clock, randomBytes });
    closer.add(() => {
      paths.close();
      return Promise.resolve();
    });
    const relay = createRelay({ isOn: options.relay ?? true, clock, limits });
    const pathAsks = createRateLimit({ points: limits.pathAsksPerMinute, seconds: 60 });
    let hello = createHello({ ...identity, ...certificate, ...options });
    const api = await openApi(
      {
        dataFolder: options.dataFolder,
        identity,
        name: options.name,
        network,
        paths,
        publicUrl: options.publicUrl,
        clock,
        randomBytes,
        limits,
        uploadWorkerUrl: deps.uploadWorkerUrl,
        hashWorkerUrl: deps.hashWorkerUrl,
        onSent: ({ bytes, ...sent }) => {
          stats.counters.count({ ...sent, bytes: hostedBytes(bytes) });
        },
        catalogueAccess: () => administration.settings.catalogue,
        isAdmin: administration.isAdmin,
        checkMember: administration.checkMember,
        register: admission.register,
        adminActions,
        announcements,
        removals: administration.removals,
        quotas: administration.hostedQuotas,
        stats: stats.read,
        onBroken,
        onLateFailure,
      },
      closer,
    );
    stats.attach(() => ({ ...api.hosting.copies.totals((id) => network.index.hasContent(id)), links: api.links.size }));
    const handlers = createHandlers({
      statsHandlers: stats.handlers,
      accountHandlers: await openAccount({ trackerId: identity.trackerId, network, administration, api, clock }),
      paths,
      forDevices: api.forDevices,
      countPathAsk: (deviceId) => pathAsks.count(deviceId),
      relays: options.relay ?? true,
      network,
      trackerId: identity.trackerId,
      privateKey: identity.privateKey,
      turns,
      now,
      randomBytes,
      administration,
      announcements,
      adminActions,
      admission,
    });
    const pages = await openPages({
      folder: options.pagesFolder,
      name: options.name,
      readLink: api.readLink,
    });
    const app = createApp({
      api: api.router,
      pages,
      hello: (shows) => hello(shows, network.presence.usersOnline),
      seen: (token, remoteHost, port) => {
        paths.seen(token, { host: normaliseHost(remoteHost), port });
      },
      clients,
      operation: operation.routes,
      onInternal,
    });
    const https = createSecureServer(certificate, limits, app);
    const sockets = createSocketServer({
      broadcast,
      https,
      handlers,
      onSessionEnd: (session) => {
        network.closeSession(session);
        api.forDevices.hostedWatches.closeSession(session);
      },
      onInternal,
      onAnswered: metrics.requestAnswered,
      clients,
      clock,
      turns,
      limits,
    });
    const http = createHttpServer(slowRequestOptions(limits), app);
    for (const server of [http, https]) {
      watchSlowRequests(server);
      operation.httpWatch.watch(server);
    }
    operation.attach({
      get isDiskHealthy() {
        return writes.healthy;
      },
      get measured() {
        return {
          connections: sockets.connections,
          sessions: network.presence.devicesOnline,
          users: network.users.size,
          usersOnline: network.presence.usersOnline,
          entries: network.index.size,
          relaysOpen: relay.stats.open,
          relayBytes: relay.stats.bytes,
        };
      },
      isAdmin: (request) => api.isAdminToken(request.headers.authorization),
      checkHost: (host) => {
        administration.bans.check({ host });
      },
      drainSockets: sockets.drain,
    });
    const applications = createMailboxApplications({
      clock,
      random: Math.random,
      randomId: () => randomBytes(16).toString('hex'),
    });
    const mailboxes = createMailboxServer({ applications, welcome: undefined, onInternal });
    const relayDoor = createRelayDoor({ paths, relay, keeper: api.legs });
    for (const server of [http, https]) attachUpgrades(server, [mailboxes, relayDoor]);
    const transit = createTransitRelay({ clock });
    const port = await listenOnOnePort({
      ...options,
      plainHttp: options.plainHttp ?? true,
      isProxy: clients.isProxy,
      http,
      https,
      transit,
      relayDoor,
      entrance,
      limits,
    });
    closer.add(() => port.close());
    closer.add(() => {
      mailboxes.close();
      applications.close();
      transit.close();
      relay.close();
      return Promise.resolve();
    });
    closer.add(() => sockets.close());

    return {
      url: toTrackerUrl(options.host, port.address.port),
      address: port.address,
      trackerId: identity.trackerId,
      get relayStats() {
        return relay.stats;
      },
      sealWords: await toSealWords(identity.trackerId),
      showCertificates: ({ certificate: given = certificate, proxyCertificatePem }) => {
        const next = createHello({ ...identity, ...given, ...options, proxyCertificatePem });
        showCertificate(https, given);
        hello = next;
      },
      drain: operation.drain,
      close: () => closer.close(),
    };
  } catch (error) {
    await closer.close();
    throw error;
  }
}
