import { appendFile, mkdir, mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFakeTimers, type FakeTimers } from './testing/fake-timers.js';
import { createSilentLogger } from './testing/silent-logger.js';
import { createShareWatcher, quietMs, type ShareWatcher } from './watcher.js';

let folder: string;
let timers: FakeTimers;
let watcher: ShareWatcher;
let touched: string[];
let quiet: string[];
let wake: (() => void) | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-watcher-'));
  timers = createFakeTimers();
  [touched, quiet] = [[], []];
  watcher = createShareWatcher({
    onTouched: (path) => {
      touched.push(path);
      wake?.();
    },
    onQuiet: (paths) => quiet.push(...paths),
    timers,
    logger: createSilentLogger(),
  });
});
afterEach(async () => {
  watcher.close();
  await rm(folder, { recursive: true });
});

/** Resolves when the path was touched. */
function touchOf(path: string): Promise<void> {
  return new Promise((resolve) => {
    wake = () => {
      if (touched.includes(path)) resolve();
    };
    wake();
  });
}

describe('share watcher', () => {
  it('tells of a write at once, and once more when it is quiet', async () => {
    const path = join(folder, 'file');
    await writeFile(path, 'a');
    watcher.add(path);
    await appendFile(path, 'b');
    await touchOf(path);
    expect(quiet).toEqual([]);
    timers.advance(quietMs);
    expect(quiet).toEqual([path]);
    expect(touched).toEqual([path]);
  });

  it('tells of deleting, and of another file put in its place', async () => {
    const [gone, replaced] = [join(folder, 'gone'), join(folder, 'replaced')];
    for (const path of [gone, replaced]) {
      await writeFile(path, 'a');
      watcher.add(path);
    }
    await unlink(gone);
    await touchOf(gone);
    await writeFile(join(folder, 'new'), 'b');
    await rename(join(folder, 'new'), replaced);
    await touchOf(replaced);
  });

  it('is silent about files that are not shared', async () => {
    const [other, shared] = [join(folder, 'other'), join(folder, 'shared')];
    watcher.add(shared);
    await writeFile(other, 'a');
    await writeFile(shared, 'b');
    await touchOf(shared);
    expect(touched).toEqual([shared]);
  });

  it('watches again a folder that went away and came back', async () => {
    const path = join(folder, 'disk', 'file');
    await mkdir(join(folder, 'disk'));
    await writeFile(path, 'a');
    watcher.add(path);
    await rm(join(folder, 'disk'), { recursive: true });
    await touchOf(path);
    timers.advance(quietMs);
    touched = [];
    await mkdir(join(folder, 'disk'));
    await writeFile(path, 'b');
    timers.advance(10_000);
    await touchOf(path);
    timers.advance(quietMs);
    touched = [];
    await appendFile(path, 'c');
    await touchOf(path);
  });

  it('leaves no timer behind', async () => {
    const path = join(folder, 'file');
    watcher.add(path);
    await writeFile(path, 'a');
    await touchOf(path);
    watcher.remove(path);
    watcher.close();
    expect(timers.waiting).toBe(0);
  });
});
