/**
 * Hashes again all that this computer believes to have, behind all other hashing. What is not what it was is marked so that
 * it is never served; who shares it is told by the library. One check at a time; a new one forgets the last one's result.
 */
import { maxBrokenShown, type VerifyStatus } from '@enxame/shared/engine/verify';
import { EnxameError, isErrorWithCode, toErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { Logger } from 'pino';
import type { HashPool } from '../hashing/hash-pool.js';
import { isSameStamp } from '../hashing/regular-file.js';
import { inLanes } from '../library/in-lanes.js';
import type { Library } from '../library/library.js';
import { createSlices } from '../waiting/slices.js';
import { listHeldFiles, type HeldFile } from './held-files.js';

export interface LibraryCheck {
  readonly status: VerifyStatus;
  /** While one is under way, that one goes on. */
  start(): VerifyStatus;
  stop(): Promise<VerifyStatus>;
  readonly close: () => Promise<void>;
}

export interface LibraryCheckDeps {
  readonly library: Pick<Library, 'contents' | 'folders'>;
  readonly pool: Pick<HashPool, 'manifest'>;
  /** Often; merge before telling a person. */
  readonly onChange: () => void;
  readonly logger: Logger;
  readonly now: () => number;
}

/** So that a small file's way to the thread and back costs no time; the disk sees hardly more than one reader. */
const lanes = 2;

const nothingYet: VerifyStatus = {
  running: false,
  startedAt: null,
  finishedAt: null,
  filesTotal: 0,
  filesDone: 0,
  bytesTotal: 0,
  bytesDone: 0,
  brokenCount: 0,
  broken: [],
};

interface BrokenFile {
  readonly path: string;
  readonly contentId: ContentId;
  readonly error: ReturnType<typeof toErrorInfo>;
}

export function createLibraryCheck(deps: LibraryCheckDeps): LibraryCheck {
  let status = nothingYet;
  let run: { readonly abort: AbortController; readonly ended: Promise<void> } | undefined;

  function change(next: Partial<VerifyStatus>): void {
    status = { ...status, ...next };
    deps.onChange();
  }

  async function checkAll(signal: AbortSignal): Promise<void> {
    const isStopped = (): boolean => signal.aborted;
    // Twice through the list instead of once into an array: it may have a million files.
    const slices = createSlices();
    let [filesTotal, bytesTotal] = [0, 0];
    for (const { size } of listHeldFiles(deps.library)) {
      filesTotal++;
      bytesTotal += size;
      if (slices.isOver()) await slices.next();
    }
    change({ filesTotal, bytesTotal });
    await inLanes(listHeldFiles(deps.library), lanes, async (file) => {
      if (isStopped()) return;
      const broken = await check(file, signal);
      if (isStopped()) return;
      const brokenCount = status.brokenCount + (broken ? 1 : 0);
      const list = broken && brokenCount <= maxBrokenShown ? [...status.broken, broken] : status.broken;
      const filesDone = status.filesDone + 1;
      // What came meanwhile is checked, too.
      change({ filesDone, filesTotal: Math.max(filesDone, status.filesTotal), brokenCount, broken: list });
    });
  }

  /** Undefined: it is what it was, or it is no longer held. */
  async function check(file: HeldFile, signal: AbortSignal): Promise<BrokenFile | undefined> {
    const { path, contentId } = file;
    let counted = 0;
    const count = (bytes: number): void => {
      if (signal.aborted) return;
      change({ bytesDone: status.bytesDone + bytes - counted });
      counted = bytes;
    };
    try {
      const found = await deps.pool.manifest(path, { signal, isBackground: true, onProgress: count });
      if (!file.isHeld()) return undefined;
      if (found.contentId === contentId) {
        if (!isSameStamp(found, file.stamp)) await file.keep(found);
        return undefined;
      }
      const error = new EnxameError('file-changed', { name: file.name });
      // With another stamp it is another file, as everybody can see; with the same one only these hashes tell.
      if (isSameStamp(found, file.stamp)) await file.setDamaged();
      else file.setBroken(error);
      return { path, contentId, error: toErrorInfo(error) };
    } catch (error) {
      if (signal.aborted || isErrorWithCode(error, 'cancelled', 'engine-stopped')) return undefined;
      if (!(error instanceof EnxameError)) deps.logger.error({ err: error }, 'a file could not be checked');
      else if (file.isHeld()) file.setBroken(error);
      return file.isHeld() ? { path, contentId, error: toErrorInfo(error) } : undefined;
    } finally {
      count(file.size);
    }
  }

  async function finish(checking: Promise<void>): Promise<void> {
    try {
      await checking;
    } catch (error) {
      deps.logger.error({ err: error }, 'the check of the library ended early');
    } finally {
      run = undefined;
      change({ running: false, finishedAt: deps.now() });
    }
  }

  async function stop(): Promise<VerifyStatus> {
    run?.abort.abort();
    await run?.ended;
    return status;
  }

  return {
    get status() {
      return status;
    },
    start: () => {
      if (run) return status;
      const abort = new AbortController();
      change({ ...nothingYet, running: true, startedAt: deps.now() });
      run = { abort, ended: finish(checkAll(abort.signal)) };
      return status;
    },
    stop,
    close: async () => {
      await stop();
    },
  };
}
