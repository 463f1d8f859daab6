import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blake3 } from '@napi-rs/blake-hash';
import { pieceBytesFor } from '@enxame/shared/content/piece-size';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentIdOf } from '../content/content-id.js';
import { openLocalContents, type BrokenContent, type LocalContents, type NewLocalContent } from './local-contents.js';

let folder: string;
let contents: LocalContents;

const open = (): Promise<LocalContents> =>
  openLocalContents(join(folder, 'data'), (notice) => {
    throw notice;
  });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-contents-'));
  await mkdir(join(folder, 'data'));
  contents = await open();
});
afterEach(async () => {
  await contents.close();
  await rm(folder, { recursive: true });
});

async function held(
  name: string,
  bytes: Buffer,
  heldAs: NewLocalContent['heldAs'] = 'share',
): Promise<NewLocalContent> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  const { size, mtimeMs } = await stat(path);
  const pieceBytes = pieceBytesFor(size);
  const hashes: Buffer[] = [];
  for (let at = 0; at < size; at += pieceBytes) hashes.push(blake3(bytes.subarray(at, at + pieceBytes)));
  const manifest = { size, pieceHashes: Buffer.concat(hashes) };
  return { contentId: contentIdOf(manifest), path, size, mtimeMs, sha256: null, manifest, heldAs };
}

async function readAll(id: NewLocalContent['contentId']): Promise<Buffer> {
  const { handle } = await contents.openForServing(id);
  return handle.readFile().finally(() => handle.close());
}

const small = Buffer.from('small');
const large = randomBytes(3_000_000);

describe('looking at what is here', () => {
  it('notices what is gone, and that it is back', async () => {
    const content = await held('a', small, 'download');
    const told: string[] = [];
    contents.onBroken(({ path, error }) => told.push(`${error.code} ${String(path === content.path)}`));
    contents.onIntact(({ path }) => told.push(`intact ${String(path === content.path)}`));
    await contents.add(content);
    await contents.look(content.contentId);
    expect(told).toEqual(['intact true']);
    await rename(content.path, `${content.path}.away`);
    await contents.look(content.contentId);
    await contents.look(content.contentId);
    expect(told).toEqual(['intact true', 'file-vanished true']);
    expect(contents.get(content.contentId)).toBeUndefined();
    await rename(`${content.path}.away`, content.path);
    await contents.look(content.contentId);
    expect(told.at(-1)).toBe('intact true');
    expect(contents.get(content.contentId)?.path).toBe(content.path);
  });

  it('never takes what is damaged for what it was, until other bytes are there', async () => {
    const content = await held('a', small);
    await contents.add(content);
    await contents.setDamaged(content.path);
    contents.setIntact(content.path);
    await contents.look(content.contentId);
    expect(contents.get(content.contentId)).toBeUndefined();
    await expect(readAll(content.contentId)).rejects.toThrow('file-changed');
    await contents.add(content);
    expect((await readAll(content.contentId)).equals(small)).toBe(true);
  });
});

describe('local contents', () => {
  it('remembers small and large manifests over a restart', async () => {
    for (const bytes of [Buffer.alloc(0), small, large]) {
      const content = await held(`of-${String(bytes.length)}`, bytes);
      await contents.add(content);
      await contents.close();
      contents = await open();
      const served = await contents.openForServing(content.contentId);
      const manifest = await served.manifest();
      expect(Buffer.from(manifest.pieceHashes).equals(content.manifest.pieceHashes)).toBe(true);
      expect(manifest.size).toBe(bytes.length);
      await served.handle.close();
    }
    expect(await readdir(join(folder, 'data', 'manifests'))).toHaveLength(1);
  });

  it('serves from whichever path is still what it was, and tells of the one that is not', async () => {
    const [a, b] = [await held('a', small), await held('b', small, 'download')];
    await contents.add(a);
    await contents.add(b);
    const told: BrokenContent[] = [];
    contents.onBroken((broken) => told.push(broken));
    await unlink(a.path);
    expect((await readAll(a.contentId)).equals(small)).toBe(true);
    expect(told).toMatchObject([{ path: a.path, error: { code: 'file-vanished' } }]);
    expect(contents.get(a.contentId)?.path).toBe(b.path);
    await unlink(b.path);
    await expect(contents.openForServing(a.contentId)).rejects.toMatchObject({ code: 'file-vanished' });
    expect(await contents.isUnchanged(a.contentId)).toBe(false);
    expect(contents.get(a.contentId)).toBeUndefined();
  });

  it('holds a path until its last reason ends', async () => {
    const content = await held('both', large, 'download');
    await contents.add(content);
    await contents.hold(content.path, 'share');
    await contents.release(content.path, 'share');
    await contents.release(content.path, 'share');
    expect((await readAll(content.contentId)).equals(large)).toBe(true);
    await contents.release(content.path, 'download');
    await expect(contents.openForServing(content.contentId)).rejects.toMatchObject({ code: 'content-not-found' });
    expect(await readdir(join(folder, 'data', 'manifests'))).toEqual([]);
  });

  it('keeps a manifest file as long as one path needs it', async () => {
    const [a, b] = [await held('a', large), await held('b', large)];
    await contents.add(a);
    await contents.add(b);
    await contents.release(a.path, 'share');
    expect(await readdir(join(folder, 'data', 'manifests'))).toEqual([a.contentId]);
    await contents.remove(b.contentId);
    expect(await readdir(join(folder, 'data', 'manifests'))).toEqual([]);
  });

  it('forgets the old bytes of a path that has others now', async () => {
    const before = await held('doc', large, 'download');
    await contents.add({ ...before, sha256: 'a'.repeat(64) });
    const after = await held('doc', small);
    await contents.add(after);
    expect(contents.get(before.contentId)).toBeUndefined();
    expect(contents.get(after.contentId)).toMatchObject({ sha256: null, heldAs: ['share'] });
    expect(await readdir(join(folder, 'data', 'manifests'))).toEqual([]);
  });

  it('gives the SHA-256 to all paths of the content', async () => {
    const [a, b] = [await held('a', small), await held('b', small)];
    await contents.add(a);
    await contents.add(b);
    await contents.setSha256(a.contentId, 'c'.repeat(64));
    expect([a, b].map(({ path }) => contents.getByPath(path)?.sha256)).toEqual(['c'.repeat(64), 'c'.repeat(64)]);
  });
});
