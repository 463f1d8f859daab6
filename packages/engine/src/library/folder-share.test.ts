import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { parseCollection } from '@enxame/shared/content/collection-parser';
import type { Collection } from '@enxame/shared/content/collection';
import type { Share } from '@enxame/shared/engine/share';
import type { ContentId } from '@enxame/shared/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asNobody } from '../testing/as-nobody.js';
import { folderQuietMs } from './folder-watcher.js';
import { openLibraryBench, type LibraryBench } from './testing/library-bench.js';

const workerUrl = new URL('../../dist/hashing/hash-worker.js', import.meta.url);
let bench: LibraryBench;
let folder: string;

beforeEach(async () => {
  bench = await openLibraryBench(workerUrl);
  folder = join(bench.files, 'folder');
});
afterEach(async () => {
  await bench.close();
});

async function write(path: string, bytes: Uint8Array | string = path): Promise<string> {
  const whole = join(folder, path);
  await mkdir(dirname(whole), { recursive: true });
  await writeFile(whole, bytes);
  return whole;
}

async function share(path = folder): Promise<Share & { contentId: ContentId }> {
  const { shares } = await bench.library.shares.add([path]);
  const [added] = shares;
  if (!added?.contentId || shares.length !== 1) throw new Error('not one share');
  return { ...added, contentId: added.contentId };
}

/** The collection as others would fetch it. */
async function collectionOf(contentId: ContentId): Promise<Collection> {
  const { handle } = await bench.library.contents.openForServing(contentId);
  try {
    return parseCollection(await handle.readFile());
  } finally {
    await handle.close();
  }
}

const pathsOf = (collection: Collection): string[] =>
  Array.from({ length: collection.count }, (_, index) => collection.path(index));

/** A look after the folder has been quiet. */
async function settle({ id, contentId }: { id: Share['id']; contentId: ContentId | null }): Promise<Share> {
  const tick = setInterval(() => {
    bench.timers.advance(folderQuietMs);
  }, 5);
  const now = await bench.until(id, (share) => share?.state === 'shared' && share.contentId !== contentId);
  clearInterval(tick);
  return now ?? expect.fail('the share is gone');
}

describe('a shared folder', () => {
  it('C12: is one share of a collection with its structure, empty folders and hidden files', async () => {
    for (const path of ['b', 'deep/er/c', '.git/config', 'مرحبا/😀.txt']) await write(path);
    await mkdir(join(folder, 'deep', 'empty'), { recursive: true });
    await write('large', randomBytes(700_000));
    const { shares, hiddenCount, refused } = await bench.library.shares.add([folder]);
    expect(shares).toMatchObject([{ name: 'folder', files: 5, state: 'shared', sha256: null, path: folder }]);
    expect([hiddenCount, refused]).toEqual([1, []]);
    const [added] = shares;
    const collection = await collectionOf(added?.contentId ?? expect.fail());
    expect(pathsOf(collection)).toEqual(['.git/config', 'b', 'deep/empty', 'deep/er/c', 'large', 'مرحبا/😀.txt']);
    expect(added?.size).toBe(collection.totalBytes);
    expect(bench.library.shares.page().shares).toHaveLength(1);
  });

  it('C12: refuses links, devices, private and unreadable files with a word, and shares the rest', async () => {
    const good = await write('good');
    await write('private/key');
    await symlink(good, join(folder, 'link'));
    await symlink(bench.files, join(folder, 'up'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const { shares, refused, refusedCount } = await bench.library.shares.add([folder]);
    expect(pathsOf(await collectionOf(shares[0]?.contentId ?? expect.fail()))).toEqual(['good']);
    const told = refused.map(({ path, error }) => [path.slice(folder.length + 1), error.code]);
    expect(told.sort()).toEqual([
      ['link', 'path-is-a-link'],
      ['pipe', 'path-not-a-file'],
      ['private', 'path-unreadable'],
      ['up', 'path-is-a-link'],
    ]);
    expect(refusedCount).toBe(4);
  });

  it('C12: makes names safe that other systems cannot have, tells so, and serves the right files', async () => {
    await write('a:b', 'colon');
    await write('README', 'upper');
    await write('readme', 'lower');
    await write('con/x', 'in a device');
    const { shares, renamed, renamedCount } = await bench.library.shares.add([folder]);
    const collection = await collectionOf(shares[0]?.contentId ?? expect.fail());
    expect(pathsOf(collection)).toEqual(['README', '_con/x', 'a_b', 'readme (2)']);
    expect(renamed.map(({ path, as }) => [path.slice(folder.length + 1), as]).sort()).toEqual([
      ['a:b', 'a_b'],
      ['con/x', '_con/x'],
      ['readme', 'readme (2)'],
    ]);
    expect(renamedCount).toBe(3);
    const held = bench.library.folders.get(shares[0]?.id ?? '') ?? expect.fail();
    const texts = await Promise.all(
      Array.from({ length: collection.count }, (_, index) => readFile(held.pathOf(index), 'utf8')),
    );
    expect(texts).toEqual(['upper', 'in a device', 'colon', 'lower']);
  });

  it('C12: without anything that can be shared is refused', async () => {
    await mkdir(folder);
    await symlink(bench.files, join(folder, 'link'));
    const { shares, refused } = await bench.library.shares.add([folder]);
    expect(shares).toEqual([]);
    expect(refused).toMatchObject([{ path: folder, error: { code: 'folder-empty' } }]);
  });

  it('C12: several files and folders are one share when they are to be together', async () => {
    const one = await write('one/a.txt', '1');
    const two = await write('two/a.txt', '2');
    await write('three/deep/x');
    const paths = [one, two, join(folder, 'three'), join(folder, 'none')];
    const { shares, refused } = await bench.library.shares.add(paths, { together: 'Trip' });
    expect(refused).toMatchObject([{ path: join(folder, 'none'), error: { code: 'path-not-found' } }]);
    expect(shares).toMatchObject([{ name: 'Trip', files: 3 }]);
    expect(pathsOf(await collectionOf(shares[0]?.contentId ?? expect.fail()))).toEqual([
      'a (2).txt',
      'a.txt',
      'three/deep/x',
    ]);
    await bench.reopen();
    expect(bench.library.shares.page().shares).toMatchObject([
      { name: 'Trip', files: 3, contentId: shares[0]?.contentId },
    ]);
  });

  it('C13: has its files as contents: the small are found by their id, the large are served', async () => {
    const large = randomBytes(700_000);
    await write('large', large);
    await write('small', 'hello');
    const { contentId } = await share();
    const collection = await collectionOf(contentId);
    const [largeId, smallId] = [collection.contentId(0), collection.contentId(1)];
    const served = await bench.library.contents.openForServing(largeId);
    expect(
      createHash('sha256')
        .update(await served.handle.readFile())
        .digest('hex'),
    ).toBe(createHash('sha256').update(large).digest('hex'));
    await served.handle.close();
    expect(smallId).toBe('ntefxko3n7y3j2uzyz74ux6omqcv3jx6cf76jp3cjlgstyqne56q');
    const places = [...bench.library.folders.find(smallId)].map(({ folder: held, index }) => held.pathOf(index));
    expect(places).toEqual([join(folder, 'small')]);
  });

  it('C13: is the same collection whoever shares it, and from wherever', async () => {
    for (const path of ['b', 'deep/c']) await write(path);
    const first = await share();
    await rename(folder, `${folder}-moved`);
    const second = await share(`${folder}-moved`);
    expect(second.contentId).toBe(first.contentId);
    expect(second.id).not.toBe(first.id);
  });

  it('C14: becomes a new version of itself when something in it changes and is quiet', async () => {
    await write('a', 'one');
    await write('deep/b', 'two');
    const first = await share();
    await write('a', 'changed');
    const second = await settle(first);
    expect(second).toMatchObject({ id: first.id, files: 2, size: 10 });
    await write('deep/new/file', 'new');
    const third = await settle({ id: second.id, contentId: second.contentId });
    expect(third.files).toBe(3);
    await rm(join(folder, 'deep'), { recursive: true });
    expect(await settle({ id: third.id, contentId: third.contentId })).toMatchObject({ files: 1, size: 7 });
  });

  it('C14: serves the version before while the new one is known, and forgets it at the next', async () => {
    await write('a', 'one');
    const first = await share();
    await write('a', 'changed');
    const second = await settle(first);
    expect(pathsOf(await collectionOf(first.contentId))).toEqual(['a']);
    await write('a', 'and again');
    await settle({ id: second.id, contentId: second.contentId });
    await expect(collectionOf(first.contentId)).rejects.toMatchObject({ code: 'content-not-found' });
  });

  it('C14: does not read again what kept its stamp', async () => {
    const path = await write('a', 'one');
    await write('b', 'two');
    const time = new Date(1_700_000_000_000);
    await utimes(path, time, time);
    const first = await share();
    await writeFile(path, 'ONE'); // the same size, and the same time again: only reading it would tell
    await utimes(path, time, time);
    await write('b', 'changed');
    const second = await settle(first);
    const collection = await collectionOf(second.contentId ?? expect.fail());
    expect(collection.contentId(0)).toBe((await collectionOf(first.contentId)).contentId(0));
  });

  it('comes back after a restart without being read again, and sees what changed meanwhile', async () => {
    await write('a', 'one');
    await write('large', randomBytes(300_000));
    const first = await share();
    await bench.reopen();
    expect(bench.library.shares.get(first.id)).toMatchObject({ contentId: first.contentId, files: 2, state: 'shared' });
    expect(bench.library.folders.get(first.id)?.root).toBe(folder);
    await bench.library.close();
    await write('a', 'while it was closed');
    await bench.reopen();
    await bench.until(first.id, (now) => now?.contentId !== null && now?.contentId !== first.contentId);
  });

  it('is broken when it is gone, and back when it is there again', async () => {
    await write('a', 'one');
    const first = await share();
    await rename(folder, `${folder}-away`);
    const tick = setInterval(() => {
      bench.timers.advance(folderQuietMs);
    }, 5);
    const broken = await bench.until(first.id, (now) => now?.state === 'broken');
    expect(broken?.error?.code).toBe('file-vanished');
    await rename(`${folder}-away`, folder);
    await bench.until(first.id, (now) => now?.state === 'shared');
    clearInterval(tick);
  });

  it('leaves nothing behind when it is shared no more, but what is shared for itself', async () => {
    const alone = await write('large', randomBytes(300_000));
    await write('other', randomBytes(300_000));
    await write('small');
    const { id, contentId } = await share();
    const { shares } = await bench.library.shares.add([alone]);
    const collection = await collectionOf(contentId);
    await bench.library.shares.remove(id);
    expect(bench.library.contents.get(collection.contentId(0))?.path).toBe(alone);
    expect(bench.library.contents.get(collection.contentId(1))).toBeUndefined();
    expect(bench.library.contents.get(contentId)).toBeUndefined();
    expect([...bench.library.folders.list()]).toEqual([]);
    expect(await readdir(join(bench.data, 'folders'))).toEqual([]);
    expect(await readdir(join(bench.data, 'collections'))).toEqual([]);
    expect((await stat(alone)).size).toBe(300_000);
    expect(bench.library.shares.page().shares.map((each) => each.id)).toEqual([shares[0]?.id]);
  });

  it('keeps the record of a file that is in it when the file alone is shared no more', async () => {
    const alone = await write('large', randomBytes(300_000));
    await share();
    const { shares } = await bench.library.shares.add([alone]);
    await bench.library.shares.remove(shares[0]?.id ?? expect.fail());
    expect(bench.library.contents.getByPath(alone)).toBeDefined();
  });

  it('takes no part files of downloads', async () => {
    await write('a');
    await write('film.mkv.0a1b2c3d.part');
    await write('album.0a1b2c3d.part/track');
    expect(pathsOf(await collectionOf((await share()).contentId))).toEqual(['a']);
  });

  it.skipIf(process.platform === 'win32')('names a folder in it that cannot be read', async () => {
    await write('a');
    await write('closed/b');
    await asNobody(dirname(bench.files), async () => {
      const closed = join(folder, 'closed');
      await chmod(closed, 0);
      const { refused } = await bench.library.shares.add([folder]);
      await chmod(closed, 0o700);
      expect(refused).toMatchObject([{ path: closed, error: { code: 'path-unreadable' } }]);
    });
  });
});

describe('with a tracker', () => {
  it('a folder of ten thousand files is one entry', { timeout: 60_000 }, async () => {
    for (let dir = 0; dir < 100; dir++) {
      await mkdir(join(folder, String(dir)), { recursive: true });
      await Promise.all(Array.from({ length: 100 }, (_, at) => writeFile(join(folder, String(dir), String(at)), `${String(dir)}/${String(at)}`))); // prettier-ignore
    }
    bench.tracker.open();
    const { id, contentId } = await share();
    const tick = setInterval(() => { bench.timers.advance(50); }, 1); // prettier-ignore
    await bench.tracker.until(() => bench.tracker.entries.has(id));
    clearInterval(tick);
    expect(bench.tracker.entries.size).toBe(1);
    const { length: documentBytes } = (await collectionOf(contentId)).document;
    expect(bench.tracker.entries.get(id)).toMatchObject({ contentId, collection: { files: 10_000, documentBytes } });
    expect((await readFile(join(bench.data, 'contents.jsonl'), 'utf8')).split('\n').length).toBeLessThan(10);
  });
});
