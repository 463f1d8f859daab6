import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { TrackerId } from '@enxame/shared/ids';
import { createSilentLogger } from '../library/testing/silent-logger.js';
import { systemTimers } from '../library/timers.js';
import { createRateControl } from '../limits/rate-control.js';
import type { DownloadListDeps } from '../transfers/download-list-deps.js';
import { createPartContents } from '../transfers/part-contents.js';
import { dialSource } from './dial-source.js';
import type { FakeSourceTracker } from './fake-source-tracker.js';
import { verifyPiecesHere } from './test-content.js';
import type { TestDevice } from './test-device.js';

/** What a list of downloads needs that is of files only, on real disks and sockets; nobody is told of anything. */
export function createListDeps(
  { dataFolder, receiver, tracker }: {
    readonly dataFolder: string;
    readonly receiver: TestDevice;
    readonly tracker: FakeSourceTracker;
  },
  change: Partial<DownloadListDeps> = {},
): DownloadListDeps {
  const noFolder = (): Promise<never> => Promise.reject(new Error('no folder was asked for'));
  return {
    dataFolder,
    onBroken: (notice) => { throw notice; }, // prettier-ignore
    onChange: () => undefined,
    onRemove: () => undefined,
    onEnded: () => undefined,
    onReceived: () => Promise.resolve(),
    onReceivedFolder: noFolder,
    folderDownloads: {
      create: () => {
        throw new Error('no folder was asked for');
      },
      clean: noFolder,
      isStillThere: () => Promise.resolve(false),
      openCollection: noFolder,
    },
    isStillThere: () => Promise.resolve(false),
    sha256: async ({ path }) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    verifyPieces: verifyPiecesHere,
    link: tracker.link,
    slots: () => 4,
    rates: createRateControl(systemTimers),
    trackerId: () => 'a'.repeat(52) as TrackerId,
    checkKey: () => Promise.resolve(true),
    paths: { connect: (source, { signal }) => dialSource(source, receiver.tls, signal) },
    parts: createPartContents(() => undefined),
    logger: createSilentLogger(),
    timers: systemTimers,
    random: () => 0,
    ...change,
  };
} // prettier-ignore
