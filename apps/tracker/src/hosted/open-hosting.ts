import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Closer } from '../closer.js';
import type { Clock } from '../domain/clock.js';
import { createHostedCopies } from '../domain/hosted-copies.js';
import type { Network } from '../domain/network.js';
import { storedCopySchema } from '../domain/stored-copy.js';
import type { TrackerLimits } from '../limits.js';
import { openKeeperIdentity } from '../store/keeper-identity.js';
import type { TrackerIdentity } from '../store/tracker-identity.js';
import { createContents, type Contents } from './contents.js';
import { openHostedFiles } from './hosted-files.js';
import { createHosting, type Hosting } from './hosting.js';
import { createUploadWriters, type UploadWriters } from './upload-writers.js';

export interface HostingDeps {
  readonly dataFolder: string;
  readonly identity: TrackerIdentity;
  readonly name: string;
  readonly network: Network;
  readonly clock: Clock;
  readonly randomBytes: (bytes: number) => Uint8Array;
  readonly limits: TrackerLimits;
  readonly uploadWorkerUrl?: URL | undefined;
  readonly onBroken: OnBroken;
  readonly onLateFailure: (error: unknown) => void;
}

/** Opens what the tracker hosts, and makes the tracker a source of it. `closer` gets what closes it. */
export async function openHosting(
  deps: HostingDeps,
  closer: Closer,
): Promise<{ hosting: Hosting; writers: UploadWriters; contents: Contents }> {
  const { network, clock, limits, onLateFailure } = deps;
  const keeper = await openKeeperIdentity(deps.dataFolder, { ...deps.identity, name: deps.name }, clock.now());
  const files = await openHostedFiles(deps.dataFolder);
  const records = await openJournal(join(files.folder, 'copies.jsonl'), storedCopySchema, deps.onBroken);
  closer.add(() => records.close());
  await files.keepOnly((contentId) => records.get(contentId) !== undefined);
  const copies = createHostedCopies({
    records,
    clock,
    quotas: { ofUser: () => limits.hostedBytesPerUser, inAll: () => limits.hostedBytes },
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
  return { hosting, writers, contents: createContents({ copies, files, index: network.index }) };
}
