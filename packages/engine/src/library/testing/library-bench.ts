import { randomBytes } from 'node:crypto';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Share } from '@enxame/shared/engine/share';
import type { EntryId } from '@enxame/shared/ids';
import { createHashPool, type HashPool } from '../../hashing/hash-pool.js';
import type { Library } from '../library.js';
import { openLibrary } from '../open-library.js';
import { createFakeTimers, type FakeTimers } from './fake-timers.js';
import { createFakeTracker, type FakeTracker } from './fake-tracker-link.js';
import { createSilentLogger } from './silent-logger.js';

/** A library over real folders, with a tracker and a clock in the hands of the test. */
export interface LibraryBench {
  /** Where the test puts files. */
  readonly files: string;
  readonly data: string;
  readonly timers: FakeTimers;
  readonly tracker: FakeTracker;
  readonly pool: HashPool;
  /** The one open now. */
  library: Library;
  /** Closes and opens again, as after a restart. */
  reopen(): Promise<void>;
  /** Resolves when the share fulfils the condition; undefined is one that is gone. */
  until(id: EntryId, condition: (share: Share | undefined) => boolean): Promise<Share | undefined>;
  close(): Promise<void>;
}

export async function openLibraryBench(workerUrl: URL): Promise<LibraryBench> {
  const root = await mkdtemp(join(tmpdir(), 'enxame-library-'));
  const files = join(root, 'files');
  const data = join(root, 'data');
  await mkdir(files);
  const timers = createFakeTimers();
  const tracker = createFakeTracker();
  const pool = createHashPool({ workerUrl, workers: 2 });
  const open = (): Promise<Library> =>
    openLibrary({
      folder: data,
      pool,
      link: tracker.link,
      isPrivate: (path) => path.includes('private'),
      onBrokenDocument: (notice) => {
        throw notice;
      },
      logger: createSilentLogger(),
      timers,
      random: () => 0.5,
      randomBytes,
    });
  const bench: LibraryBench = {
    files,
    data,
    timers,
    tracker,
    pool,
    library: await open(),
    reopen: async () => {
      await bench.library.close();
      bench.library = await open();
    },
    until: (id, condition) =>
      new Promise((resolve) => {
        const { shares } = bench.library;
        const stop = shares.onChange(look);
        function look(): void {
          const share = shares.get(id);
          if (!condition(share)) return;
          stop();
          resolve(share);
        }
        look();
      }),
    close: async () => {
      await bench.library.close();
      await pool.close();
      await rm(root, { recursive: true });
    },
  };
  return bench;
}
