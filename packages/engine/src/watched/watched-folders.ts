import { lstat, readdir, realpath } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { maxWatchedFolders, type WatchedFolder } from '@enxame/shared/engine/watched-calls';
import { fromAudience, toAudience, type Visibility } from '@enxame/shared/engine/visibility';
import { EnxameError, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Logger } from 'pino';
import type { SharesApi } from '../library/library.js';
import type { Timers } from '../library/timers.js';
import { startWatch, type RunningWatch } from './running-watch.js';
import { openWatchedRecords } from './watched-records.js';

export interface NewWatchedFolder {
  readonly path: string;
  readonly visibility?: Visibility | undefined;
  /** What is in it already is shared, too. */
  readonly existing: boolean;
}

/** Folders of which this device shares what lands in them. */
export interface WatchedFolders {
  list(): WatchedFolder[];
  /** Throws `path-not-found`, `path-unreadable`, `folder-is-a-file`, `too-large`. */
  add(wanted: NewWatchedFolder): Promise<WatchedFolder>;
  /** What was shared stays so. Throws `not-found`. */
  remove(path: string): Promise<void>;
  close(): Promise<void>;
}

export async function openWatchedFolders(
  dataFolder: string,
  deps: {
    readonly shares: Pick<SharesApi, 'add'>;
    readonly isPrivate: (realPath: string) => boolean;
    readonly onChange: (folders: WatchedFolder[]) => void;
    readonly onBroken: OnBroken;
    readonly timers: Timers;
    readonly logger: Logger;
  },
): Promise<WatchedFolders> {
  const records = await openWatchedRecords(dataFolder, deps.onBroken);
  const running = new Map<string, RunningWatch>();
  const errors = new Map<string, ErrorInfo>();

  function show(path: string): WatchedFolder | undefined {
    const record = records.folders.get(path);
    if (!record) return undefined;
    const { audience, ...rest } = record;
    const watch = running.get(path);
    const trouble = watch?.trouble;
    const unread: ErrorInfo | undefined = trouble
      ? { code: trouble, params: trouble === 'path-not-found' ? { path } : { folder: path } }
      : undefined;
    return {
      ...rest,
      visibility: fromAudience(audience),
      waiting: watch?.waiting ?? 0,
      error: unread ?? errors.get(path) ?? null,
    };
  }

  const list = (): WatchedFolder[] => [...records.folders.values()].flatMap(({ path }) => show(path) ?? []);
  const tell = (): void => {
    deps.onChange(list());
  };

  async function share(folder: string, path: string, name: string): Promise<void> {
    const record = records.folders.get(folder);
    if (!record) return;
    // Remembered first: what cannot be shared is not tried again and again, only when it lands anew.
    await records.items.set(path, { path, folder });
    const { shares, refused } = await deps.shares.add([path], {
      visibility: fromAudience(record.audience),
      onlyNew: true,
    });
    const error = refused[0]?.error;
    if (error) errors.set(folder, error);
    else errors.delete(folder);
    const now = records.folders.get(folder);
    if (now && shares.length > 0) {
      await records.folders.set(folder, { ...now, shared: now.shared + 1, last: { name, at: deps.timers.now() } });
    }
    tell();
  }

  /** What is gone may land again. */
  async function forgetGone(folder: string, there: ReadonlySet<string>): Promise<void> {
    const gone = [...records.items.values()].filter((item) => item.folder === folder && !there.has(item.path));
    for (const { path } of gone) await records.items.delete(path);
  }

  function start(folder: string): void {
    if (running.has(folder)) return;
    running.set(
      folder,
      startWatch(folder, {
        isSeen: (path) => records.items.get(path) !== undefined,
        onLanded: (path, name) => share(folder, path, name),
        onListed: (there) => forgetGone(folder, there),
        onChange: tell,
        timers: deps.timers,
        logger: deps.logger,
      }),
    );
  }

  async function checkFolder(path: string): Promise<void> {
    const stats = await lstat(path).catch(() => undefined);
    if (!stats) throw new EnxameError('path-not-found', { path });
    if (stats.isSymbolicLink()) throw new EnxameError('path-is-a-link', { path });
    if (!stats.isDirectory()) throw new EnxameError('folder-is-a-file', { folder: path });
    if (deps.isPrivate(await realpath(path))) throw new EnxameError('path-unreadable', { path });
  }

  for (const { path } of [...records.folders.values()]) start(path);

  return {
    list,
    add: async ({ path: given, visibility, existing }) => {
      const path = resolve(given);
      await checkFolder(path);
      const known = records.folders.get(path);
      if (!known && records.folders.size >= maxWatchedFolders) {
        throw new EnxameError('too-large', { max: maxWatchedFolders });
      }
      if (!known && !existing) {
        for (const name of await readdir(path)) {
          const item = join(path, name);
          await records.items.set(item, { path: item, folder: path });
        }
      }
      const audience = visibility ? toAudience(visibility) : (known?.audience ?? null);
      const fresh = { path, addedAt: deps.timers.now(), shared: 0, last: null };
      await records.folders.set(path, { ...(known ?? fresh), audience });
      start(path);
      tell();
      return show(path) as WatchedFolder;
    },
    remove: async (given) => {
      const path = records.folders.get(given) ? given : resolve(given);
      if (!records.folders.get(path)) throw new EnxameError('not-found', { name: basename(path) });
      const watch = running.get(path);
      running.delete(path);
      errors.delete(path);
      await records.folders.delete(path);
      await watch?.close();
      for (const item of [...records.items.values()]) {
        if (item.folder === path) await records.items.delete(item.path);
      }
      tell();
    },
    close: async () => {
      await Promise.all([...running.values()].map((watch) => watch.close()));
      running.clear();
      await records.close();
    },
  };
}
