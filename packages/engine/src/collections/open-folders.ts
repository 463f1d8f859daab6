import { join } from 'node:path';
import type { EntryId } from '@enxame/shared/ids';
import type { Closing } from '../closing.js';
import type { HashPool } from '../hashing/hash-pool.js';
import type { Library } from '../library/library.js';
import { createFolderDownloads, type FolderDownloads } from './folder-downloads.js';
import { createFolderThread } from './folder-thread.js';
import { createMemberAccess, type MemberAccess } from './serve-members.js';

/** What moves folders, in both directions. */
export interface Folders {
  readonly members: MemberAccess;
  readonly downloads: FolderDownloads;
}

/** `workerUrl` is the built `folder-worker.js`, where it does not lie beside this file. */
export function openFolders(
  deps: {
    readonly dataFolder: string;
    readonly workerUrl: URL | undefined;
    readonly library: Library;
    readonly pool: HashPool;
  },
  closing: Closing,
): Folders {
  const { folders, contents, shares } = deps.library;
  const workerUrl = deps.workerUrl ?? new URL('./folder-worker.js', import.meta.url);
  // Two threads: what is sent must not wait for what is written.
  const reading = createFolderThread(workerUrl);
  closing.add(() => reading.close());
  const writing = createFolderThread(workerUrl);
  closing.add(() => writing.close());
  return {
    members: createMemberAccess({
      folders,
      contents,
      thread: reading,
      sharedName: (key) => shares.get(key as EntryId)?.name,
    }),
    downloads: createFolderDownloads({
      folders,
      contents,
      pool: deps.pool,
      folderThread: writing,
      documentsFolder: join(deps.dataFolder, 'downloads'),
    }),
  };
}
