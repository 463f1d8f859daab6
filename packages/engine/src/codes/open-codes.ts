import { randomBytes, randomInt } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import type { Duplex } from 'node:stream';
import type { CodeReceive, CodeSend } from '@enxame/shared/engine/code';
import { pickLanguage } from '@enxame/shared/language';
import type { Settings } from '@enxame/shared/engine/status';
import type { DeviceAddress } from '@enxame/shared/tracker/person';
import type { OnBroken } from '@enxame/storage/json-document';
import { createSealingThreads } from '@enxame/wormhole/sealing/sealing-threads';
import type { Logger } from 'pino';
import { createChangeFeed } from '../calls/change-feed.js';
import type { Closing } from '../closing.js';
import type { HashPool } from '../hashing/hash-pool.js';
import type { History } from '../history/history.js';
import type { DeviceIdentity } from '../identity/device-identity.js';
import type { Library } from '../library/library.js';
import type { PersonBook } from '../people/person-book.js';
import type { SendLog } from '../peer/send-log.js';
import type { SourcePaths } from '../peer/paths/source-paths.js';
import type { ReceiptOutbox } from '../receipts/receipt-outbox.js';
import type { DownloadList } from '../transfers/download-list.js';
import type { CodeDeps } from './code-deps.js';
import { createCodeSends, type CodeSends } from './code-sends.js';
import { createCodes, type Codes } from './codes.js';
import type { CodeDoors } from './doors/code-doors.js';
import { openCodeMemory } from './send/code-memory.js';
import { createCodeShelf } from './send/code-shelf.js';

/** Events that come often are merged: a person reads no faster. */
const tellEveryMs = 250;
/** A transfer says that it moved for every chunk; to look at all of them each time would take longer than to fetch it. */
const lookEveryMs = 50;

export interface OpenedCodes extends Codes {
  readonly sends: CodeSends;
  /** This device can be reached as a peer: what an earlier run left goes on. */
  serving(serve: (pipe: Duplex) => void): void;
}

/** The codes of an engine, with the system's randomness. */
export async function openCodes(
  deps: {
    readonly dataFolder: string;
    readonly identity: DeviceIdentity;
    readonly trackerUrl: () => string | undefined;
    /** The name by which this person is registered, where they are. */
    readonly userName: () => string | undefined;
    readonly settings: () => Settings;
    readonly addresses: () => readonly DeviceAddress[];
    readonly isBlocked: PersonBook['isBlocked'];
    readonly isPrivate: (realPath: string) => boolean;
    readonly library: Pick<Library, 'contents' | 'folders'>;
    readonly pool: HashPool;
    readonly sendLog: SendLog;
    readonly downloads: DownloadList;
    readonly receipts: Pick<ReceiptOutbox, 'settled'>;
    readonly history: Pick<History, 'put'>;
    readonly doors: CodeDoors;
    readonly paths: SourcePaths;
    readonly sealingWorkerUrl: URL | undefined;
    readonly onBroken: OnBroken;
    readonly onChange: (codes: { sends: CodeSend[]; receives: CodeReceive[] }) => void;
    readonly logger: Logger;
  },
  closing: Closing,
): Promise<OpenedCodes> {
  const { downloads, doors, isPrivate } = deps;
  let serve: ((pipe: Duplex) => void) | undefined;
  const feed = createChangeFeed<'codes'>(tellEveryMs, () => {
    deps.onChange(codes.list());
  });
  const onChange = (): void => {
    feed.changed('codes');
  };
  const memory = await openCodeMemory(deps.dataFolder, deps.onBroken);
  doors.attach({
    paths: deps.paths,
    addresses: deps.addresses,
    progressOf: (contentId) => {
      const found = downloads.list().find((download) => download.contentId === contentId);
      return { bytesDone: found?.bytesDone ?? 0, complete: found?.state === 'verified' };
    },
  });
  const sealing = createSealingThreads({
    workerUrl: () => deps.sealingWorkerUrl ?? new URL(import.meta.resolve('@enxame/wormhole/sealing/sealing-worker')),
  });
  closing.add(() => sealing.close());
  const common: CodeDeps = {
    randomBytes,
    randomInt: (below) => randomInt(below),
    random: Math.random,
    now: Date.now,
    hosts: () => [...new Set(deps.addresses().map(({ host }) => host))],
    sealing,
    isBlocked: (id) => deps.isBlocked({ id, name: undefined }),
    remember: async (record) => {
      try {
        await deps.history.put(record);
      } catch (error) {
        deps.logger.error({ err: error }, 'a transfer by code could not be written into the history');
      }
    },
    logger: deps.logger,
  };
  const deviceName = (): string => deps.settings().deviceName;
  const person = { deviceName, personName: () => deps.userName() ?? deviceName(), addresses: deps.addresses };
  const sends = createCodeSends({
    ...common,
    ...person,
    memory,
    trackerUrl: deps.trackerUrl,
    identity: deps.identity,
    serve: (pipe) => {
      if (serve) serve(pipe);
      else pipe.destroy();
    },
    sends: deps.sendLog,
    shelf: createCodeShelf({ ...deps.library, pool: deps.pool, isPrivate, holds: () => memory.holds() }),
    isPrivate: async (path) => isPrivate(await realpath(path).catch(() => path)), // what is not there is told by who reads it
    onChange,
  });
  const codes = createCodes({
    ...common,
    ...person,
    sends,
    identity: deps.identity,
    doors,
    downloads,
    receipts: deps.receipts,
    trackerUrl: deps.trackerUrl,
    downloadsFolder: () => deps.settings().downloadsFolder,
    language: () => {
      const { language } = deps.settings();
      return language === 'system' ? pickLanguage([process.env['LANG'] ?? '']) : language;
    },
    onChange,
  });
  const looks = createChangeFeed<'transfers'>(lookEveryMs, () => {
    codes.transferChanged();
  });
  closing.add(async () => {
    looks.close();
    await codes.close();
    feed.close();
  });
  return {
    ...codes,
    transferChanged: () => {
      looks.changed('transfers');
    },
    sends,
    serving: (serving) => {
      serve = serving;
      void sends.restore();
    },
  };
}
