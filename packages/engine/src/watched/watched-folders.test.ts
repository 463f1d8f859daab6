import { appendFile, mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EntryId } from '@enxame/shared/ids';
import type { WatchedFolder } from '@enxame/shared/engine/watched-calls';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeTimers, type FakeTimers } from '../library/testing/fake-timers.js';
import type { AddOptions } from '../library/share-adder.js';
import { quietMs, emptyQuietMs } from './landing.js';
import { rescanMs } from './running-watch.js';
import { openWatchedFolders, type WatchedFolders } from './watched-folders.js';

let folder: string;
let data: string;
let inbox: string;
let timers: FakeTimers;
let added: { readonly path: string; readonly options: AddOptions | undefined }[];
let told: WatchedFolder[][];
let watched: WatchedFolders;

const open = (): Promise<WatchedFolders> =>
  openWatchedFolders(data, {
    shares: {
      add: (paths, options) => {
        added.push(...paths.map((path) => ({ path, options })));
        const shares = paths.map(() => ({ id: 'x' as EntryId }) as never);
        return Promise.resolve({ shares, refused: [], refusedCount: 0, renamed: [], renamedCount: 0, hiddenCount: 0 });
      },
    },
    isPrivate: (path) => path.startsWith(data),
    onChange: (folders) => told.push(folders),
    onBroken: (notice) => {
      throw notice;
    },
    timers,
    logger: pino({ level: 'silent' }),
  });

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'enxame-watched-')));
  data = join(folder, 'data');
  inbox = join(folder, 'inbox');
  await mkdir(data);
  await mkdir(inbox);
  timers = createFakeTimers();
  added = [];
  told = [];
  watched = await open();
});
afterEach(async () => {
  await watched.close();
  await rm(folder, { recursive: true });
});

const names = (): string[] => added.map(({ path }) => path.slice(inbox.length + 1)).sort();
/** So much time goes by for the watch, a second at a time; each look at the disk comes to its end. */
async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += 1000) {
    timers.advance(1000);
    await expect.poll(() => timers.waiting).toBeGreaterThan(0);
  }
}

describe('a watched folder', () => {
  it('L1: shares what is in it and what lands, once nobody writes to it any more', async () => {
    await writeFile(join(inbox, 'old.txt'), 'old');
    await watched.add({ path: inbox, existing: true });
    await pass(quietMs + 1000);
    expect(names()).toEqual(['old.txt']);
    for (let gone = 0; gone < rescanMs + 5000; gone += 1000) {
      await appendFile(join(inbox, 'growing.bin'), 'more');
      await pass(1000);
    }
    expect(names()).toEqual(['old.txt']);
    expect(watched.list()).toMatchObject([{ waiting: 1 }]);
    await pass(quietMs + 1000);
    expect(names()).toEqual(['growing.bin', 'old.txt']);
    expect(watched.list()).toMatchObject([{ path: inbox, shared: 2, last: { name: 'growing.bin' }, waiting: 0 }]);
    expect(told.at(-1)).toEqual(watched.list());
  });

  it('L1: an empty file waits longer, an empty folder until something is in it', async () => {
    await watched.add({ path: inbox, existing: true });
    await writeFile(join(inbox, 'empty'), '');
    await mkdir(join(inbox, 'album'));
    await pass(quietMs + 1000);
    expect(names()).toEqual([]);
    await writeFile(join(inbox, 'album', 'one.jpg'), 'x');
    await pass(rescanMs + emptyQuietMs + 2000);
    expect(names()).toEqual(['album', 'empty']);
  });

  it('L3: waits for what has an unfinished name, and shares it under its own', async () => {
    await watched.add({ path: inbox, existing: true });
    await writeFile(join(inbox, 'film.mkv.part'), 'x');
    await pass(rescanMs + quietMs + 1000);
    expect(names()).toEqual([]);
    await rename(join(inbox, 'film.mkv.part'), join(inbox, 'film.mkv'));
    await pass(rescanMs + quietMs + 1000);
    expect(names()).toEqual(['film.mkv']);
  });

  it('L2: goes on after a restart, and shares nothing a second time unless it lands anew', async () => {
    await writeFile(join(inbox, 'here.txt'), 'x');
    await watched.add({ path: inbox, existing: false, visibility: { kind: 'link' } });
    await pass(quietMs + 1000);
    expect(names()).toEqual([]);
    await watched.close();
    await writeFile(join(inbox, 'meanwhile.txt'), 'y');
    watched = await open();
    await pass(quietMs + 1000);
    expect(names()).toEqual(['meanwhile.txt']);
    expect(added[0]?.options).toEqual({ visibility: { kind: 'link' }, onlyNew: true });
    await rm(join(inbox, 'meanwhile.txt'));
    await pass(rescanMs);
    await writeFile(join(inbox, 'meanwhile.txt'), 'again');
    await pass(rescanMs + quietMs + 1000);
    expect(names()).toEqual(['meanwhile.txt', 'meanwhile.txt']);
  });

  it('L4: is told when it is gone, and goes on when it is back; stopped, it shares nothing more', async () => {
    await watched.add({ path: inbox, existing: true });
    await pass(1000);
    await rename(inbox, join(folder, 'away'));
    await pass(rescanMs);
    expect(watched.list()).toMatchObject([{ error: { code: 'path-not-found' } }]);
    await writeFile(inbox, 'a file in its place');
    await pass(rescanMs);
    expect(watched.list()).toMatchObject([{ error: { code: 'folder-is-a-file', params: { folder: inbox } } }]);
    await rm(inbox);
    await symlink('inbox', inbox); // leads to itself: there, and not to be read, whoever asks
    await pass(rescanMs);
    expect(watched.list()).toMatchObject([{ error: { code: 'folder-unreadable', params: { folder: inbox } } }]);
    await rm(inbox);
    await rename(join(folder, 'away'), inbox);
    await pass(rescanMs);
    expect(watched.list()).toMatchObject([{ error: null }]);
    await watched.remove(inbox);
    await writeFile(join(inbox, 'late.txt'), 'x');
    timers.advance(rescanMs * 2);
    expect([watched.list(), names()]).toEqual([[], []]);
  });

  it('L4: must be a folder that may be shared', async () => {
    await writeFile(join(folder, 'file'), '');
    const code = (path: string): Promise<unknown> =>
      watched.add({ path, existing: true }).catch((error: unknown) => (error as { code: string }).code);
    expect(await code(join(folder, 'file'))).toBe('folder-is-a-file');
    expect(await code(join(folder, 'nothing'))).toBe('path-not-found');
    expect(await code(data)).toBe('path-unreadable');
  });
});
