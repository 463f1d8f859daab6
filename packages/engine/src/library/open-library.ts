import { randomBytes as systemRandomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import type { Share } from '@enxame/shared/engine/share';
import { toAudience, type Visibility } from '@enxame/shared/engine/visibility';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, EntryId } from '@enxame/shared/ids';
import { openFolderStore } from '../collections/folder-store.js';
import type { ContentRecord } from './content-record.js';
import { createAnnouncer } from './announcer.js';
import { createFolderHasher } from './folder-hasher.js';
import { createFolderWatcher } from './folder-watcher.js';
import { inLanes } from './in-lanes.js';
import type { Library, LibraryDeps } from './library.js';
import { openLocalContents } from './local-contents.js';
import { addShares } from './share-adder.js';
import { createShareAudiences } from './share-audiences.js';
import { createShareHasher } from './share-hasher.js';
import { sharePage } from './share-page.js';
import { openShares } from './shares.js';
import { systemTimers } from './timers.js';
import { createShareWatcher } from './watcher.js';

/** Shares looked at side by side, on start and when a disk comes back. */
const checkLanes = 32;
/** A broken share whose file is right again comes back within this time, even when no watch told. */
const sweepMs = 10_000;
/** What a person looks at is looked at on disk, but not with each turn of a wheel. */
const lookAgainMs = 5000;
/** So many broken shares are looked at in one sweep: a disk that was pulled out must not keep this one busy. */
const maxSweep = 1000;

/**
 * Opens what this device has and shares. Answers as soon as the records are read; the files are looked at behind it,
 * and none is served that was not looked at when it was opened.
 */
export async function openLibrary(deps: LibraryDeps): Promise<Library> {
  const { folder, pool, link, logger, isPrivate, onBrokenDocument } = deps;
  const timers = deps.timers ?? systemTimers;
  const random = deps.random ?? Math.random;
  const randomBytes = deps.randomBytes ?? systemRandomBytes;

  await mkdir(folder, { recursive: true, mode: 0o700 });
  const contents = await openLocalContents(folder, onBrokenDocument);
  const shares = await openShares(
    folder,
    onBrokenDocument,
    (path) => contents.getByPath(path),
    (id) => deps.people?.isBlocked({ id, name: undefined }) === true,
  ).catch(async (error: unknown) => {
    await contents.close();
    throw error;
  });
  const endBlocked = deps.people?.onBlocked(shares.blockedChanged);
  const folders = await openFolderStore({ folder, contents, logger });
  const folderHasher = createFolderHasher({ shares, contents, folders, pool, isPrivate });
  const hasher = createShareHasher({ shares, contents, folders: folderHasher, pool, logger });
  /** What was begun here and nobody waits for; `close` does. */
  const behind = new Set<Promise<void>>();
  let closing: Promise<void> | undefined;

  function runBehind(work: () => Promise<unknown>): void {
    if (closing) return;
    const done: Promise<void> = work()
      .then(
        () => undefined,
        (error: unknown) => {
          logger.error({ err: error }, 'the library could not look after its shares');
        },
      )
      .finally(() => behind.delete(done));
    behind.add(done);
  }

  const checkAll = (ids: Iterable<EntryId>): Promise<void> =>
    inLanes(whileOpen(ids), checkLanes, (id) => hasher.checkIfTouched(id));
  function* whileOpen<T>(items: Iterable<T>): Generator<T> {
    for (const item of items) {
      if (closing) return;
      yield item;
    }
  }
  const idsAt = (paths: readonly string[]): EntryId[] => paths.flatMap((path) => shares.idAt(path) ?? []);

  /** What was fetched has no share that would be checked. */
  function lookAtDownload(path: string): void {
    const record = contents.getByPath(path);
    if (record && isReceived(record)) runBehind(() => contents.look(record.contentId));
  }

  const watcher = createShareWatcher({
    onTouched: (path) => {
      for (const id of idsAt([path])) runBehind(() => hasher.suspect(id));
      lookAtDownload(path);
    },
    onQuiet: (paths) => {
      runBehind(() => checkAll(idsAt(paths)));
      for (const path of paths) lookAtDownload(path);
    },
    timers,
    logger,
  });
  const folderWatcher = createFolderWatcher({
    onQuiet: (id) => {
      runBehind(() => hasher.check(id));
    },
    timers,
    logger,
  });
  folders.onChanged(({ key, heldAs }) => {
    if (heldAs === 'share') runBehind(() => hasher.check(key as EntryId));
  });
  contents.onBroken(({ path, contentId }) => {
    for (const { folder: held } of folders.find(contentId)) folders.tellChanged(held);
    for (const id of idsAt([path])) runBehind(() => hasher.check(id));
  });
  shares.onChange((id) => {
    const record = shares.record(id);
    if (!record) folderWatcher.remove(id);
    else if (record.collection) folderWatcher.watch(id, folders.get(id));
    else watcher.add(record.path);
  });

  let stopSweep = timers.after(sweepMs, sweep);
  function sweep(): void {
    runBehind(async () => {
      await checkAll(shares.takeBrokenIds(maxSweep));
      if (!closing) stopSweep = timers.after(sweepMs, sweep);
    });
  }

  function* allIds(): Generator<EntryId> {
    for (const { id, path, collection } of shares.records()) {
      if (collection) folderWatcher.watch(id, folders.get(id));
      else watcher.add(path);
      yield id;
    }
  }
  runBehind(() => checkAll(allIds()));
  contents.onIntact((record) => {
    if (isReceived(record)) watcher.add(record.path);
  });
  function* downloads(): Generator<ContentId> {
    for (const record of contents.values()) {
      if (!isReceived(record)) continue;
      watcher.add(record.path);
      yield record.contentId;
    }
  }
  runBehind(() => inLanes(whileOpen(downloads()), checkLanes, (contentId) => contents.look(contentId)));

  const looked = new Set<ContentId>();
  let stopForgetting: (() => void) | undefined;
  function look(contentId: ContentId): void {
    if (closing || looked.has(contentId)) return;
    looked.add(contentId);
    stopForgetting ??= timers.after(lookAgainMs, () => {
      stopForgetting = undefined;
      looked.clear();
    });
    runBehind(() => contents.look(contentId));
  }
  const audiences = createShareAudiences({ shares, folders, contents });
  const announcer = createAnnouncer({ shares, link, timers, random, logger });

  async function show(id: EntryId, visibility: Visibility): Promise<Share> {
    const record = shares.record(id);
    if (!record) throw new EnxameError('entry-not-found');
    await shares.put({ ...record, audience: toAudience(visibility) });
    return shares.view(id) as Share;
  }

  async function remove(id: EntryId): Promise<void> {
    const record = shares.record(id);
    if (!record) throw new EnxameError('entry-not-found');
    hasher.cancel(id);
    if (record.collection) {
      await shares.delete(id);
      await folderHasher.release(id);
      return;
    }
    watcher.remove(record.path);
    const isHeld = record.contentId !== null && folderHasher.isShared(record.path, record.contentId);
    await Promise.all([shares.delete(id), isHeld ? undefined : contents.release(record.path, 'share')]);
  }

  return {
    contents,
    folders,
    onPresence: (listener) => {
      const ends = [contents.onBroken, contents.onIntact].map((on) =>
        on(({ contentId }) => {
          listener(contentId);
        }),
      );
      return () => {
        for (const end of ends) end();
      };
    },
    look,
    shares: {
      add: (paths, options) =>
        addShares({ shares, hasher, folders: folderHasher, isPrivate, timers, randomBytes }, paths, options),
      remove,
      show,
      mayHave: audiences.mayHave,
      page: (after) => sharePage(shares, after),
      get: (id) => shares.view(id),
      onChange: (listener) => shares.onChange(listener),
    },
    close: async () => {
      closing ??= (async () => {
        stopSweep();
        stopForgetting?.();
        endBlocked?.();
        announcer.close();
        watcher.close();
        folderWatcher.close();
        await hasher.close();
        await Promise.all(behind);
        await Promise.all([shares.close(), contents.close()]);
      })();
      await closing;
    },
  };
}

/** No share looks after it. */
const isReceived = ({ heldAs }: ContentRecord): boolean => heldAs.includes('download') || heldAs.includes('code');
