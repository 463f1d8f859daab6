import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Share } from '@enxame/shared/engine/share';
import type { EntryId } from '@enxame/shared/ids';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLibraryBench, type LibraryBench } from './testing/library-bench.js';

const workerUrl = new URL('../../dist/hashing/hash-worker.js', import.meta.url);
let bench: LibraryBench;

beforeEach(async () => {
  bench = await openLibraryBench(workerUrl);
});
afterEach(async () => {
  await bench.close();
});

async function file(name: string, bytes: Uint8Array | string = randomBytes(1000)): Promise<string> {
  const path = join(bench.files, name);
  await writeFile(path, bytes);
  return path;
}

async function share(path: string): Promise<Share> {
  const { shares, refused } = await bench.library.shares.add([path]);
  expect(refused).toEqual([]);
  const [added] = shares;
  if (!added) throw new Error('nothing was shared');
  return added;
}

const sum = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** Lets the sweep look at broken shares. */
const sweep = (): void => {
  bench.timers.advance(10_000);
};

describe('sharing', () => {
  it('shares a file with its id and, when it is small, its SHA-256 at once', async () => {
    const added = await share(await file('a.txt', 'hello'));
    expect(added).toMatchObject({ name: 'a.txt', size: 5, state: 'shared', sha256: sum('hello'), error: null });
    expect(added.contentId).toMatch(/^[a-z2-7]{52}$/);
    expect(bench.library.shares.page().shares).toEqual([added]);
  });

  it('tells the SHA-256 of a larger file later', async () => {
    const bytes = randomBytes(3_000_000);
    const { id } = await share(await file('larger', bytes));
    const later = await bench.until(id, (now) => Boolean(now?.sha256));
    expect(later).toMatchObject({ sha256: sum(bytes), state: 'shared' });
  });

  it('shares the files of a folder one by one when asked to, without hidden ones, links and what is private', async () => {
    const folder = join(bench.files, 'folder');
    await mkdir(join(folder, 'deep', '.hidden'), { recursive: true });
    await mkdir(join(folder, 'private'));
    for (const name of ['b', 'deep/c', 'deep/.hidden/d', '.e', 'private/key'])
      await writeFile(join(folder, name), name);
    await symlink(join(folder, 'b'), join(folder, 'link'));
    const { shares, refused } = await bench.library.shares.add([folder], { each: true });
    expect(shares.map(({ name }) => name).sort()).toEqual(['b', 'c']);
    expect(refused).toEqual([]);
  });

  it('names each path that cannot be shared and shares the rest', async () => {
    const good = await file('good');
    await symlink(good, join(bench.files, 'link'));
    await mkdir(join(bench.files, 'empty'));
    await mkdir(join(bench.files, 'private'));
    await file('private/key');
    execFileSync('mkfifo', [join(bench.files, 'pipe')]);
    const names = ['good', 'link', 'empty', 'pipe', 'missing', 'private/key'];
    const { shares, refused } = await bench.library.shares.add(names.map((name) => join(bench.files, name)));
    expect(shares.map(({ path }) => path)).toEqual([good]);
    expect(
      Object.fromEntries(refused.map(({ path, error }) => [path.slice(bench.files.length + 1), error.code])),
    ).toEqual({
      link: 'path-is-a-link',
      empty: 'folder-empty',
      pipe: 'path-not-a-file',
      missing: 'path-not-found',
      'private/key': 'path-unreadable',
    });
  });

  it('makes hostile names safe', async () => {
    const added = await share(await file('evil\u202egpj.exe '));
    expect(added.name).toBe('evilgpj.exe');
  });

  it('makes one share of one path, however often it is added', async () => {
    const path = await file('once');
    const answers = await Promise.all(Array.from({ length: 5 }, () => share(path)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await share(path)).toEqual(answers[0]);
  });

  it('gives a changed file that is added again the same share and a new id of its content', async () => {
    const path = await file('changing', 'one');
    const before = await share(path);
    await writeFile(path, 'two!');
    const after = await share(path);
    expect(after).toMatchObject({ id: before.id, size: 4, sha256: sum('two!'), state: 'shared' });
    expect(after.contentId).not.toBe(before.contentId);
  });

  it('withdraws without touching the file, and serves it no more', async () => {
    const path = await file('kept', 'kept');
    const { id, contentId } = await share(path);
    if (!contentId) throw new Error('no content');
    await bench.library.shares.remove(id);
    expect(bench.library.shares.page().shares).toEqual([]);
    expect((await stat(path)).size).toBe(4);
    await expect(bench.library.contents.openForServing(contentId)).rejects.toMatchObject({ code: 'content-not-found' });
    await expect(bench.library.shares.remove(id)).rejects.toMatchObject({ code: 'entry-not-found' });
  });

  it('goes on serving what was also fetched, or is shared from another path', async () => {
    const [path, twin] = [await file('first', 'same'), await file('twin', 'same')];
    const first = await share(path);
    const second = await share(twin);
    expect(second.contentId).toBe(first.contentId);
    await bench.library.shares.remove(first.id);
    if (!first.contentId) throw new Error('no content');
    const served = await bench.library.contents.openForServing(first.contentId);
    expect(await served.handle.readFile('utf8')).toBe('same');
    expect(served.path).toBe(twin);
    await served.handle.close();
  });
});

describe('files that change', () => {
  it('hashes again what was written to, and never serves it as what it was', async () => {
    const path = await file('doc', 'draft');
    const before = await share(path);
    if (!before.contentId) throw new Error('no content');
    const noticed = bench.until(before.id, (now) => now?.state === 'hashing');
    await writeFile(path, 'final!');
    await expect(bench.library.contents.openForServing(before.contentId)).rejects.toMatchObject({
      code: 'file-changed',
    });
    await noticed;
    bench.timers.advance(500);
    const after = await bench.until(before.id, (now) => now?.sha256 === sum('final!'));
    expect(after).toMatchObject({ id: before.id, state: 'shared' });
  });

  it('says that a deleted file is gone, and takes it back when it is there again', async () => {
    const path = await file('gone', 'bytes');
    const { mtime } = await stat(path);
    const { id, contentId } = await share(path);
    if (!contentId) throw new Error('no content');
    await unlink(path);
    await expect(bench.library.contents.openForServing(contentId)).rejects.toMatchObject({ code: 'file-vanished' });
    const broken = await bench.until(id, (now) => now?.state === 'broken');
    expect(broken?.error?.code).toBe('file-vanished');
    expect(bench.library.contents.get(contentId)).toBeUndefined();
    await writeFile(path, 'bytes');
    await utimes(path, mtime, mtime);
    sweep();
    expect(await bench.until(id, (now) => now?.state === 'shared')).toMatchObject({ contentId, error: null });
  });

  it('does not follow a link that takes the place of a shared file', async () => {
    const path = await file('swapped', 'shared');
    const secret = await file('secret', 'secret');
    const { id, contentId } = await share(path);
    if (!contentId) throw new Error('no content');
    await unlink(path);
    await symlink(secret, path);
    await expect(bench.library.contents.openForServing(contentId)).rejects.toMatchObject({ code: 'path-is-a-link' });
    const broken = await bench.until(id, (now) => now?.state === 'broken');
    expect(broken?.error?.code).toBe('path-is-a-link');
  });
});

describe('after a restart', () => {
  it('shares what it shared, hashes what changed and misses what is gone', async () => {
    const [same, changed, gone] = [await file('same'), await file('changed', 'old'), await file('gone')];
    const ids: EntryId[] = [];
    for (const path of [same, changed, gone]) ids.push((await share(path)).id);
    const before = bench.library.shares.page().shares;
    await bench.library.close();
    await writeFile(changed, 'newer');
    await unlink(gone);
    await bench.reopen();
    expect(bench.library.shares.page().shares.map(({ id }) => id)).toEqual(ids);
    const [sameId, changedId, goneId] = ids as [EntryId, EntryId, EntryId];
    expect(await bench.until(goneId, (now) => now?.state === 'broken')).toMatchObject({
      error: { code: 'file-vanished' },
    });
    expect(await bench.until(changedId, (now) => now?.sha256 === sum('newer'))).toMatchObject({ state: 'shared' });
    expect(bench.library.shares.get(sameId)).toEqual(before[0]);
  });

  it('goes on with hashing that was interrupted', async () => {
    const path = await file('large', Buffer.alloc(120 * 1024 * 1024));
    const adding = bench.library.shares.add([path]).catch((error: unknown) => error);
    const [id] = await new Promise<EntryId[]>((resolve) => {
      bench.library.shares.onChange((changed) => {
        resolve([changed]);
      });
    });
    if (!id) throw new Error('no share');
    await bench.library.close();
    expect(await adding).toMatchObject({ shares: [], refused: [{ error: { code: 'cancelled' } }] });
    await bench.reopen();
    const done = await bench.until(id, (now) => Boolean(now?.sha256));
    expect(done).toMatchObject({ state: 'shared', sha256: sum(Buffer.alloc(120 * 1024 * 1024)) });
  });

  it('hashes again when the stored manifest is lost', async () => {
    const path = await file('photo', randomBytes(5_000_000));
    const { id, contentId } = await share(path);
    if (!contentId) throw new Error('no content');
    await bench.until(id, (now) => Boolean(now?.sha256));
    await writeFile(join(bench.data, 'manifests', contentId), 'torn');
    const served = await bench.library.contents.openForServing(contentId);
    await expect(served.manifest()).rejects.toMatchObject({ code: 'manifest-mismatch' });
    await served.handle.close();
    await bench.until(id, (now) => now?.state === 'hashing');
    await bench.until(id, (now) => now?.state === 'shared');
    const again = await bench.library.contents.openForServing(contentId);
    expect((await again.manifest()).size).toBe(5_000_000);
    await again.handle.close();
  });
});

describe('with a tracker', () => {
  it('has announced a thousand files in a few requests, and keeps the tracker equal', async () => {
    await mkdir(join(bench.files, 'many'));
    for (let index = 0; index < 1000; index++) await file(`many/${String(index)}`, String(index));
    bench.tracker.open();
    await bench.library.shares.add([join(bench.files, 'many')], { each: true });
    const tick = setInterval(() => { bench.timers.advance(50); }, 1); // prettier-ignore
    await bench.tracker.until(() => bench.tracker.entries.size === 1000);
    clearInterval(tick);
    expect(bench.tracker.asked.filter(({ name }) => name === 'entries:announce').length).toBeLessThan(60);
    const [first] = bench.library.shares.page().shares;
    if (!first) throw new Error('nothing shared');
    await bench.until(first.id, (now) => now?.announced === true);
  });

  it('withdraws what is gone and announces it again when it is back', async () => {
    const folder = join(bench.files, 'disk');
    await mkdir(folder);
    const { id } = await share(await file('disk/film', 'film'));
    bench.tracker.open();
    const tick = setInterval(() => { bench.timers.advance(50); }, 1); // prettier-ignore
    await bench.tracker.until(() => bench.tracker.entries.has(id));
    await rename(folder, `${folder}-unplugged`);
    await bench.tracker.until(() => !bench.tracker.entries.has(id));
    expect(await bench.until(id, (now) => now?.announced === false)).toMatchObject({ state: 'broken' });
    await rename(`${folder}-unplugged`, folder);
    await bench.tracker.until(() => bench.tracker.entries.has(id));
    clearInterval(tick);
    await rm(folder, { recursive: true });
  });
});
