import type { EngineCalls } from '@enxame/shared/engine/calls';
import type { EngineHandlers, EngineSession } from '@enxame/shared/engine/engine-host';
import { settingsSchema, type TrackerInfo } from '@enxame/shared/engine/status';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { parseUserName, toNameKey } from '@enxame/shared/identity/user-name';
import type { RequestName } from '@enxame/shared/messages/request-table';
import type { Broadcast, ScenarioEngine, ScenarioOptions } from './scenario.js';
import { createScenarioCatalogue } from './scenario-catalogue.js';
import { makePeople, makeRow, makeShares } from './scenario-content.js';
import { deviceId, trackerId, userId } from './scenario-ids.js';
import { createCodeCalls } from './scenario-codes.js';
import { createIdentityCalls } from './scenario-identity.js';
import { createHistoryCalls, makeHistory } from './scenario-history.js';
import { listScenarioFolder } from './scenario-folders.js';
import { createLinkCalls } from './scenario-links.js';
import { createLimitCalls, makeLimits } from './scenario-limits.js';
import { createNetworkCalls } from './scenario-network.js';
import { createPreviewCalls } from './scenario-previews.js';
import { createPersonCalls } from './scenario-people.js';
import { createWatchedCalls } from './scenario-watched.js';
import { createPreflightCalls } from './scenario-preflight.js';
import { createShareCalls } from './scenario-shares.js';
import { createTransferCalls } from './scenario-transfer-calls.js';
import { makeTransfers } from './scenario-transfers.js';
import { createSearchCalls } from './scenario-searches.js';
import { createDoctorHandlers, noDoctor } from './scenario-doctor.js';
import { createVerifyCalls, noVerify } from './scenario-verify.js';

export type { Broadcast, ScenarioEngine, ScenarioOptions };

const known: readonly TrackerInfo[] = [
  {
    url: 'https://127.0.0.1:7667',
    trackerId: trackerId(1),
    name: 'Lab Oceano',
    words: 'mel-trigo-farol-41',
    usersOnline: 6,
    registeredAs: null,
  },
  {
    url: 'https://192.168.1.20:7667',
    trackerId: trackerId(2),
    name: 'Casa Andrade',
    words: 'rede-lua-pinho-07',
    usersOnline: 3,
    registeredAs: null,
  },
];

export function createScenarioEngine(options: ScenarioOptions): ScenarioEngine {
  const now = options.now ?? Date.now();
  const people = makePeople(now);
  const rows = Array.from({ length: options.rows }, (_, seed) => makeRow(seed, now, people));
  const catalogue = createScenarioCatalogue(rows);
  const [lab] = known;
  const { registered = true } = options;
  let nextSeed = 500_000;

  const find = (url: string): TrackerInfo => {
    if (!/^(https:\/\/)?[\w.-]+(:\d+)?$/.test(url)) throw new EnxameError('tracker-address-invalid', { address: url });
    const host = url.replace(/^https:\/\//, '').split(':')[0] ?? '';
    const info = known.find((tracker) => tracker.url.includes(`//${host}:`));
    if (!info) throw new EnxameError('tracker-unreachable', { address: url });
    return info;
  };
  const scenario: ScenarioEngine = {
    catalogue,
    people,
    watched: [],
    transfers: new Map((options.transfers ? makeTransfers(rows, now) : []).map((transfer) => [transfer.id, transfer])),
    shares: new Map(makeShares(rows, now).map((share) => [share.id, share])),
    limits: makeLimits(),
    verify: noVerify,
    doctor: noDoctor,
    preflight: {},
    codes: { sends: [], receives: [] },
    links: [],
    history: makeHistory(options.history ?? 0, now, people),
    previews: new Map(),
    failures: new Map(),
    silent: new Set(options.silent),
    asked: [],
    joinDevice: () => undefined,
    broadcast: () => undefined,
    status: {
      version: '0.1.0',
      device: { id: deviceId(0), name: 'ana-thinkpad' },
      user: registered ? { id: userId(0), name: 'Ana Andrade' } : null,
      tracker:
        registered && lab
          ? {
              url: lab.url,
              trackerId: lab.trackerId,
              name: lab.name,
              words: lab.words,
              connected: true,
              since: now - 3 * 3_600_000,
              nextTryAt: null,
              error: null,
            }
          : null,
      suggestedTracker: options.suggestedTracker ?? null,
      settings: {
        downloadsFolder: '/home/ana/Enxame',
        deviceName: 'ana-thinkpad',
        language: 'en',
        theme: 'light',
        ...(options.wordsSaved !== false && { wordsSavedAt: now - 9 * 24 * 3_600_000 }),
        ...options.settings,
      },
      addresses: [
        { host: '192.168.1.42', port: 41_820 },
        { host: '2001:db8::42', port: 41_820 },
      ],
      rates: options.transfers
        ? { receiveBytesPerSecond: 50.3e6, sendBytesPerSecond: 11.6e6 }
        : { receiveBytesPerSecond: 0, sendBytesPerSecond: 0 },
    },
    setStatus: (change) => {
      scenario.status = { ...scenario.status, ...change };
      scenario.broadcast('status:changed', scenario.status);
    },
    setTransfer: (transfer) => {
      scenario.transfers.set(transfer.id, transfer);
      scenario.broadcast('transfers:changed', { upserted: [transfer], removed: [] });
    },
    setShare: (share) => {
      scenario.shares.set(share.id, share);
      scenario.broadcast('shares:changed', { upserted: [share], removed: [] });
    },
    setVerify: (status) => {
      scenario.verify = status;
      scenario.broadcast('verify:changed', status);
    },
    setDoctor: (report) => {
      scenario.doctor = report;
      scenario.broadcast('doctor:changed', report);
    },
    setCodes: (change) => {
      scenario.codes = { ...scenario.codes, ...change };
      scenario.broadcast('codes:changed', scenario.codes);
    },
    handlers: undefined as never,
  };

  const handlers: EngineHandlers = {
    'status:get': () => scenario.status,
    'settings:set': (settings) => {
      scenario.setStatus({ settings: settingsSchema.parse({ ...scenario.status.settings, ...settings }) });
      return scenario.status.settings;
    },
    'tracker:probe': ({ url }) => find(url),
    'tracker:use': ({ url }) => {
      const info = find(url);
      const { url: address, trackerId, name, words } = info;
      scenario.setStatus({
        user: null,
        tracker: { url: address, trackerId, name, words, connected: true, since: now, nextTryAt: null, error: null },
      });
      return info;
    },
    'tracker:retry': () => {
      const { tracker } = scenario.status;
      if (tracker)
        scenario.setStatus({ tracker: { ...tracker, connected: true, since: now, nextTryAt: null, error: null } });
      return {};
    },
    'name:check': ({ name }) => {
      const parsed = parseUserName(name);
      const taken = people.find((person) => toNameKey(person.name) === toNameKey(parsed));
      if (taken) throw new EnxameError('name-taken', { name: taken.name });
      return { name: parsed };
    },
    'user:register': ({ name }) => {
      const user = { id: userId(0), name: parseUserName(name) };
      scenario.setStatus({ user });
      return { user, device: { id: deviceId(0) } };
    },
    ...createShareCalls(scenario, () => nextSeed++),
    'catalogue:list': ({ query, window }) => catalogue.list(query, window),
    'catalogue:watch': ({ watchId, query, window }, session: EngineSession) =>
      catalogue.watch(session, watchId, query, window),
    'catalogue:unwatch': ({ watchId }, session) => {
      catalogue.unwatch(session, watchId);
      return {};
    },
    ...createPersonCalls(scenario),
    ...createWatchedCalls(scenario),
    ...createCodeCalls(scenario),
    ...createIdentityCalls(scenario),
    ...createLinkCalls(scenario, now),
    ...createHistoryCalls(scenario),
    ...createLimitCalls(scenario),
    ...createVerifyCalls(scenario),
    ...createDoctorHandlers(scenario, now),
    ...createSearchCalls(now),
    ...createNetworkCalls(),
    ...createPreflightCalls(scenario),
    ...createPreviewCalls(scenario),
    ...createTransferCalls(scenario, () => nextSeed++),
    'folder:list': ({ path }) => listScenarioFolder(path),
  };
  return Object.assign(scenario, { handlers: guard(handlers, scenario) });
}

/** Every handler, but first what the test asked for: silence, or an error. */
function guard(handlers: EngineHandlers, scenario: ScenarioEngine): EngineHandlers {
  return Object.fromEntries(
    Object.entries(handlers).map(([call, handle]) => [
      call,
      (payload: never, session: EngineSession) => {
        scenario.asked.push({ call, payload });
        const name = call as RequestName<EngineCalls>;
        const failure = scenario.failures.get(name);
        if (failure) throw new EnxameError(failure.code, failure.params);
        if (scenario.silent.has(name)) return new Promise(() => undefined);
        return (handle as (payload: never, session: EngineSession) => unknown)(payload, session);
      },
    ]),
  ) as unknown as EngineHandlers;
}
