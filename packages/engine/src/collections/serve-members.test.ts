import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeManifest } from '@enxame/shared/content/manifest';
import type { ContentId, EntryId } from '@enxame/shared/ids';
import { blake3 } from '@napi-rs/blake-hash';
import { toBase32 } from '@enxame/shared/content/base32';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLibraryBench, type LibraryBench } from '../library/testing/library-bench.js';
import { createFolderThread, type FolderThread } from './folder-thread.js';
import { splitFrame } from './pack-frame.js';
import { createMemberAccess, type MemberAccess } from './serve-members.js';

const hashWorkerUrl = new URL('../../dist/hashing/hash-worker.js', import.meta.url);
const folderWorkerUrl = new URL('../../dist/collections/folder-worker.js', import.meta.url);
const unknown = 'a'.repeat(52) as ContentId;
const notFound = expect.objectContaining({ code: 'content-not-found' }) as unknown;
const badRequest = expect.objectContaining({ code: 'bad-request' }) as unknown;

let bench: LibraryBench;
let thread: FolderThread;
let members: MemberAccess;
let folder: string;

beforeEach(async () => {
  bench = await openLibraryBench(hashWorkerUrl);
  thread = createFolderThread(folderWorkerUrl);
  const { folders, contents, shares } = bench.library;
  const sharedName = (key: string): string | undefined => shares.get(key as EntryId)?.name;
  members = createMemberAccess({ folders, contents, thread, sharedName });
  folder = join(bench.files, 'folder');
  await mkdir(join(folder, 'b', 'empty'), { recursive: true });
  await writeFile(join(folder, 'a'), 'one');
  await writeFile(join(folder, 'b', 'c'), 'two');
  await writeFile(join(folder, 'large'), Buffer.alloc(300_000, 1));
});
afterEach(async () => {
  await thread.close();
  await bench.close();
});

/** Entries: a, b/c, b/empty, large. */
async function share() {
  const { shares } = await bench.library.shares.add([folder]);
  const [added] = shares;
  const held = bench.library.folders.get(added?.id ?? '');
  if (!added?.contentId || !held) throw new Error('not shared');
  return { collectionId: added.contentId, collection: held.collection };
}

describe('what peers may have of a folder', () => {
  it('P52: small files in the order in which they were asked for', async () => {
    const { collectionId } = await share();
    const pack = members.openPack(collectionId);
    expect(pack).toMatchObject({ name: 'folder', size: 300_006, last: 3 });
    const parts = splitFrame(await pack.read([0, 1]), [3, 3]);
    expect(parts.map((part) => part && Buffer.from(part).toString())).toEqual(['one', 'two']);
  });

  it('P54: under the name that it is shared by, though its paths lie in a folder of another', async () => {
    const { shares } = await bench.library.shares.add([join(folder, 'a'), join(folder, 'b')], { together: 'Viagem' });
    const collectionId = shares[0]?.contentId ?? expect.fail();
    expect(members.openPack(collectionId).name).toBe('Viagem');
    expect(members.documentOf(collectionId)?.name).toBe('Viagem');
  });

  it('P50: nothing that is no small file of it', async () => {
    const { collectionId } = await share();
    const pack = members.openPack(collectionId);
    for (const indexes of [[2], [3], [4], [0, 99]]) await expect(pack.read(indexes)).rejects.toEqual(badRequest);
    expect(() => members.openPack(unknown)).toThrow(notFound);
  });

  it('P52: a file that changed is marked, the others are there, and the folder is looked at again', async () => {
    const { collectionId } = await share();
    const told = new Promise((resolve) => bench.library.folders.onChanged(resolve));
    await writeFile(join(folder, 'a'), 'ONE!');
    const parts = splitFrame(await members.openPack(collectionId).read([0, 1]), [3, 3]);
    expect(parts.map((part) => part && Buffer.from(part).toString())).toEqual([null, 'two']);
    expect(await told).toMatchObject({ collectionId });
  });

  it('P54: a file by the ticket of a collection only when the collection lists it', async () => {
    const { collectionId, collection } = await share();
    const other = join(bench.files, 'secret');
    await writeFile(other, 'not in the folder');
    const { shares } = await bench.library.shares.add([other]);
    const secretId = shares[0]?.contentId ?? unknown;
    await expect(members.openMember(collectionId, secretId)).rejects.toEqual(notFound);
    await expect(members.openMember(unknown, collection.contentId(0))).rejects.toEqual(notFound);
    const large = await members.openMember(collectionId, collection.contentId(3));
    expect(large).toMatchObject({ size: 300_000, partOf: { contentId: collectionId, size: 300_006, isLast: true } });
    await large.handle.close();
  });

  it('C13: a small file with a manifest that hashes to its id', async () => {
    const { collectionId, collection } = await share();
    const small = await members.openMember(collectionId, collection.contentId(1));
    const manifest = await small.manifest();
    await small.handle.close();
    expect(toBase32(blake3(Buffer.from(encodeManifest(manifest).buffer)))).toBe(collection.contentId(1));
    await expect(members.openSmall(unknown)).rejects.toEqual(notFound);
  });
});
