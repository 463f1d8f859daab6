import { createPublicKey } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { toUserId } from '@enxame/identity/public-key';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import { openJournal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Closer } from '../closer.js';
import type { Clock } from '../domain/clock.js';
import { createHostedCopies } from '../domain/hosted-copies.js';
import type { HostedQuotas } from '../domain/hosted-room.js';
import type { Network } from '../domain/network.js';
import type { Paths } from '../domain/paths.js';
import type { Session } from '../domain/session.js';
import { storedCopySchema } from '../domain/stored-copy.js';
import { openKeeperIdentity } from '../store/keeper-identity.js';
import type { TrackerIdentity } from '../store/tracker-identity.js';
import { createContents, type Contents } from './contents.js';
import { openHostedFiles } from './hosted-files.js';
import { createHosting, type Hosting } from './hosting.js';
import { createLegs, type Legs } from './legs.js';
import { createUploadWriters, type UploadWriters } from './upload-writers.js';

export interface HostingDeps {
  readonly dataFolder: string;
  readonly identity: TrackerIdentity;
  readonly name: string;
  readonly network: Network;
  readonly paths: Paths;
  readonly clock: Clock;
  readonly randomBytes: (bytes: number) => Uint8Array;
  readonly quotas: HostedQuotas;
  readonly uploadWorkerUrl?: URL | undefined;
  readonly onBroken: OnBroken;
  readonly onLateFailure: (error: unknown) => void;
}

export interface OpenedHosting {
  readonly hosting: Hosting;
  readonly writers: UploadWriters;
  readonly contents: Contents;
  readonly legs: Legs;
}

/** Opens what the tracker hosts, and makes the tracker a source of it. `closer` gets what closes it. */
export async function openHosting(deps: HostingDeps, closer: Closer): Promise<OpenedHosting> {
  const { network, clock, onLateFailure } = deps;
  const keeper = await openKeeperIdentity(deps.dataFolder, { ...deps.identity, name: deps.name }, clock.now());
  const files = await openHostedFiles(deps.dataFolder);
  const records = await openJournal(join(files.folder, 'copies.jsonl'), storedCopySchema, deps.onBroken);
  closer.add(() => records.close());
  await files.keepOnly((contentId) => records.get(contentId) !== undefined);
  const copies = createHostedCopies({
    records,
    clock,
    quotas: deps.quotas,
    onLateFailure,
    listener: {
      changed: () => undefined,
      servedChanged: (contentId) => {
        network.hostedChanged([contentId]);
      },
      entryOrphaned: async (userId, entryId) => {
        const owner = network.people.get(userId);
        if (owner) await network.catalogue.withdraw(owner, keeper.deviceId, [entryId]);
      },
      removeBytes: (contentId) => files.remove(contentId),
    },
  });
  closer.add(() => {
    copies.close();
    return Promise.resolve();
  });
  const writers = createUploadWriters({
    workerUrl: deps.uploadWorkerUrl ?? new URL('./upload-worker.js', import.meta.url),
    threads: Math.max(1, availableParallelism() - 1),
  });
  closer.add(() => writers.close());
  const hosting = createHosting({
    copies,
    files,
    network,
    keeperId: keeper.deviceId,
    now: () => clock.now(),
    randomBytes: deps.randomBytes,
    progressOf: () => undefined,
  });
  network.attachKeeper({
    source: {
      deviceId: keeper.deviceId,
      userName: deps.name,
      grant: keeper.grant,
      addresses: [],
      complete: true,
      hosted: true,
    },
    has: (contentId) => copies.isHere(contentId),
  });
  network.hostedChanged([...records.values()].map(({ contentId }) => contentId));
  const user = { id: toUserId(createPublicKey(deps.identity.privateKey)), name: deps.name };
  const keeperSession: Session = {
    deviceId: keeper.deviceId,
    user: { ...user, userKey: deps.identity.publicKey, registeredAt: 0, lastSeenAt: null },
    grant: keeper.grant,
    remoteHost: '127.0.0.1',
    addresses: [], // nobody can dial it: devices come to the relay door
    push: () => undefined, // it has asked already for what it wants
    end: () => undefined,
  };
  const legs = createLegs({
    paths: deps.paths,
    keeper,
    keeperSession,
    tracker: deps.identity,
    now: () => clock.now(),
  });
  const sourcesOf = (contentId: ContentId): DeviceId[] =>
    [...network.index.sourcesOf(contentId)].filter((deviceId) => network.presence.session(deviceId) !== undefined);
  const contents = createContents({ copies, files, legs, index: network.index, sourcesOf });
  return { hosting, writers, contents, legs };
}
