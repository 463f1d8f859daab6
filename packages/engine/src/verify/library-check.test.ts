import { randomBytes } from 'node:crypto';
import { mkdir, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { VerifyStatus } from '@enxame/shared/engine/verify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLibraryBench, type LibraryBench } from '../library/testing/library-bench.js';
import { createSilentLogger } from '../library/testing/silent-logger.js';
import { createCondition, type Condition } from '../testing/until.js';
import { createLibraryCheck, type LibraryCheck } from './library-check.js';

const workerUrl = new URL('../../dist/hashing/hash-worker.js', import.meta.url);
let bench: LibraryBench;
let told: Condition;
let check: LibraryCheck;

const createCheck = (): LibraryCheck =>
  createLibraryCheck({
    library: bench.library,
    pool: bench.pool,
    onChange: () => {
      told.changed();
    },
    logger: createSilentLogger(),
    now: () => 7,
  });
beforeEach(async () => {
  bench = await openLibraryBench(workerUrl);
  told = createCondition();
  check = createCheck();
});
afterEach(async () => {
  await check.close();
  await bench.close();
});

async function share(name: string, size: number): Promise<{ path: string; id: string; contentId: string }> {
  const path = join(bench.files, name);
  await writeFile(path, randomBytes(size));
  const { shares } = await bench.library.shares.add([path]);
  const [added] = shares;
  if (!added?.contentId) throw new Error('not shared');
  return { path, id: added.id, contentId: added.contentId };
}

async function verify(): Promise<VerifyStatus> {
  check.start();
  await told.until(() => !check.status.running);
  return check.status;
}

/** As a failing disk would: other bytes under the same size and times. */
async function rot(path: string): Promise<void> {
  const { size, mtime, atime } = await stat(path);
  await writeFile(path, randomBytes(size));
  await utimes(path, atime, mtime);
}

describe('checking the library', () => {
  it('finds all well where it is, and says how much that was', async () => {
    await share('a', 100_000);
    await share('b', 3_000_000);
    expect(await verify()).toEqual({
      running: false,
      startedAt: 7,
      finishedAt: 7,
      filesTotal: 2,
      filesDone: 2,
      bytesTotal: 3_100_000,
      bytesDone: 3_100_000,
      brokenCount: 0,
      broken: [],
    });
  });

  it('finds what changed though size and time say that it did not; it is not served any more, after a restart either', async () => {
    const { path, id, contentId } = await share('a', 100_000);
    await share('b', 10);
    // A time of whole seconds, which can be set again; the library gets to know the file with it.
    await utimes(path, 1000, 1000);
    await bench.library.contents.isUnchanged(contentId as never);
    const known = await bench.until(id as never, (each) => each?.state === 'shared');
    await rot(path);
    const status = await verify();
    expect(status).toMatchObject({ brokenCount: 1, broken: [{ path, contentId, error: { code: 'file-changed' } }] });
    await expect(bench.library.contents.openForServing(contentId as never)).rejects.toThrow('file-changed');
    expect(bench.library.contents.get(contentId as never)).toBeUndefined();
    await bench.until(id as never, (each) => each?.state === 'broken');
    await bench.reopen();
    await expect(bench.library.contents.openForServing(contentId as never)).rejects.toThrow('file-changed');
    const broken = await bench.until(id as never, (each) => each?.state === 'broken');
    expect(broken).toMatchObject({ error: { code: 'file-changed' }, contentId: known?.contentId });
    // Written anew, it is a file like any other.
    await writeFile(path, 'something else');
    bench.timers.advance(10_000);
    await bench.until(id as never, (each) => each?.state === 'shared' && each.contentId !== contentId);
  });

  it('finds what vanished', async () => {
    const { path, id, contentId } = await share('a', 100);
    await unlink(path);
    expect(await verify()).toMatchObject({ brokenCount: 1, broken: [{ path, error: { code: 'file-vanished' } }] });
    expect(bench.library.contents.get(contentId as never)).toBeUndefined();
    await bench.until(id as never, (each) => each?.state === 'broken');
  });

  it('keeps what has the same bytes under another time', async () => {
    const { path, contentId } = await share('a', 100);
    await utimes(path, 2000, 2000);
    expect(await verify()).toMatchObject({ brokenCount: 0, filesDone: 1 });
    await (await bench.library.contents.openForServing(contentId as never)).handle.close();
  });

  it('looks into folders, too', async () => {
    const folder = join(bench.files, 'folder');
    await mkdir(folder);
    for (const name of ['x', 'y']) await writeFile(join(folder, name), randomBytes(1000));
    const { shares } = await bench.library.shares.add([folder]);
    expect(shares).toHaveLength(1);
    await rot(join(folder, 'y'));
    const status = await verify();
    expect(status.broken.map(({ path }) => path)).toEqual([join(folder, 'y')]);
    expect(status.filesTotal).toBe(3); // the list of the folder is a content as well
  });

  it('can be stopped, and begins anew', async () => {
    await share('a', 100);
    expect(check.start().running).toBe(true);
    expect(check.start().startedAt).toBe(7);
    expect((await check.stop()).running).toBe(false);
    await check.stop();
    expect(await verify()).toMatchObject({ filesDone: 1, brokenCount: 0 });
  });
});
