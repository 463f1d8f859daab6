import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ContentId } from '@enxame/shared/ids';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Closer } from '../closer.js';
import type { Clock } from '../domain/clock.js';
import { createHostedCopies } from '../domain/hosted-copies.js';
import type { HostedQuotas } from '../domain/hosted-room.js';
import type { Network } from '../domain/network.js';
import type { Paths } from '../domain/paths.js';
import { storedCopySchema } from '../domain/stored-copy.js';
import type { TrackerIdentity } from '../store/tracker-identity.js';
import { createHashPool } from '@enxame/engine/hashing/hash-pool';
import { createCollections, type Collections } from './collections.js';
import { createContents, type Contents } from './contents.js';
import { openHostedFiles } from './hosted-files.js';
import { createHosting, type Hosting } from './hosting.js';
import type { Legs } from './legs.js';
import { createCopyFetcher } from './copy-fetcher.js';
import { createHostedWatches, type HostedWatches } from './hosted-watches.js';
import { mendEntries, wantWhatIsGone } from './mend-entries.js';
import { openKeeper } from './open-keeper.js';
import { createSourceAsker, type SourceAsker } from './source-asker.js';
import { createStreamKeeper } from './stream-keeper.js';
import { createUploadWriters, type UploadWriters } from './upload-writers.js';
import { openRecords } from '../store/open-records.js';

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
  readonly hashWorkerUrl?: URL | undefined;
  readonly onBroken: OnBroken;
  readonly onLateFailure: (error: unknown) => void;
}

export interface OpenedHosting {
  readonly hosting: Hosting;
  readonly writers: UploadWriters;
  readonly contents: Contents;
  readonly collections: Collections;
  readonly legs: Legs;
  readonly hostedWatches: HostedWatches;
}

/** Opens what the tracker hosts, and makes the tracker a source of it. `closer` gets what closes it. */
export async function openHosting(deps: HostingDeps, closer: Closer): Promise<OpenedHosting> {
  const { network, clock, onLateFailure } = deps;
  const keeper = await openKeeper({
    ...deps,
    onSourcesChanged: (contentId) => {
      fetcher.wake(contentId);
    },
  });
  const files = await openHostedFiles(deps.dataFolder);
  const records = await openRecords(join(files.folder, 'copies.jsonl'), storedCopySchema, deps.onBroken);
  closer.add(() => records.close());
  const there = await files.keepOnly((contentId) => records.get(contentId) !== undefined);
  await wantWhatIsGone({ records, there, network, keeperId: keeper.deviceId, onBroken: deps.onBroken, onLateFailure });
  const copies = createHostedCopies({
    records,
    clock,
    quotas: deps.quotas,
    onLateFailure,
    isListed: (contentId) => network.index.find(contentId) !== undefined,
    listener: {
      changed: (contentId, userIds) => {
        watches.changed(contentId, userIds);
        if (copies.get(contentId)?.state === 'wanted') {
          keeper.follow(contentId);
          fetcher.wake(contentId);
        } else keeper.unfollow(contentId);
      },
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
  const pool = createHashPool({
    workerUrl: deps.hashWorkerUrl ?? new URL(import.meta.resolve('@enxame/engine/hashing/hash-worker')),
    workers: 1,
  });
  closer.add(() => pool.close());
  const ask = (contentId: ContentId, signal: AbortSignal): SourceAsker =>
    createSourceAsker({ legs: keeper.legs, contentId, sourcesOf: (id) => keeper.sourcesOf(id), signal });
  const collections = createCollections();
  const fetcher = createCopyFetcher({
    copies,
    files,
    collections,
    pool,
    clock,
    hasSource: (contentId) => keeper.sourcesOf(contentId).length > 0,
    ask,
    onProgress: (contentId) => {
      watches.changed(contentId, copies.get(contentId)?.holders.map(({ userId }) => userId) ?? []);
    },
    onInternal: onLateFailure,
  });
  closer.add(() => fetcher.close());
  const hosting = createHosting({
    copies,
    files,
    network,
    keeperId: keeper.deviceId,
    now: () => clock.now(),
    randomBytes: deps.randomBytes,
    progressOf: (contentId) => fetcher.progressOf(contentId),
  });
  const watches = createHostedWatches({ clock, show: hosting.show, roomOf: (userId) => copies.roomOf(userId) });
  closer.add(() => {
    watches.close();
    return Promise.resolve();
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
  await mendEntries({ records, copies, network, keeperId: keeper.deviceId, onLateFailure });
  network.hostedChanged([...records.values()].map(({ contentId }) => contentId));
  for (const { contentId } of copies.wanted()) {
    keeper.follow(contentId);
    fetcher.wake(contentId);
  }
  const contents = createContents({
    copies,
    files,
    collections,
    keeper: createStreamKeeper({ copies, files, forCache: deps.quotas.forCache, onInternal: onLateFailure }),
    ask,
    catalogue: network.reading,
    sourcesOf: (id) => keeper.sourcesOf(id),
  });
  return { hosting, writers, contents, collections, legs: keeper.legs, hostedWatches: watches };
}
