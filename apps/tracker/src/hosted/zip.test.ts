import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { createCollection, type Collection } from '@enxame/shared/content/collection';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { zipBytes } from './zip-bytes.js';
import { createZipLayout } from './zip-layout.js';

/** A collection of files that are only as large as they say. */
function fakeCollection(entries: readonly (readonly [path: string, size: number | null])[]): Collection {
  const none = createCollection(new Uint8Array(24), new Uint32Array(), 0);
  const at = (index: number): readonly [string, number | null] => entries[index] as [string, number | null];
  return {
    ...none,
    count: entries.length,
    isFile: (index) => at(index)[1] !== null,
    path: (index) => at(index)[0],
    size: (index) => at(index)[1] ?? 0,
  };
}

async function collect(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}

const contents = [randomBytes(1000), Buffer.alloc(0), randomBytes(70_000)];
const collection = fakeCollection([
  ['a/relação 2024.txt', 1000],
  ['a/vazio.bin', 0],
  ['pasta vazia', null],
  ['z.bin', 70_000],
]);
const bytesOf = (index: number): Buffer => contents[index === 3 ? 2 : index] ?? Buffer.alloc(0);
async function* bytes(index: number, from: number): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = from; at < bytesOf(index).length; at += 999) yield bytesOf(index).subarray(at, at + 999);
}
const crcs = Uint32Array.from([0, 1, 2, 3], (index) => (index === 2 ? 0 : crc32(bytesOf(index))));

describe('the zip of a folder', () => {
  it('H36: is known to its last byte before anything is read, and programs read it', async () => {
    const layout = await createZipLayout(collection);
    const zip = await collect(zipBytes(layout, { bytes, crcs: undefined }, { start: 0, end: layout.size }));
    expect(zip.length).toBe(layout.size);
    const folder = await mkdtemp(join(tmpdir(), 'enxame-zip-'));
    try {
      await writeFile(join(folder, 'x.zip'), zip);
      // Not of this project: what it says of the file is what others would.
      const script = `import sys,zipfile,json
z=zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename,i.file_size,i.CRC] for i in z.infolist()]))`;
      const { stdout } = await promisify(execFile)('python3', ['-c', script, join(folder, 'x.zip')]);
      expect(JSON.parse(stdout)).toEqual([
        ['a/relação 2024.txt', 1000, crcs[0]],
        ['a/vazio.bin', 0, 0],
        ['pasta vazia/', 0, 0],
        ['z.bin', 70_000, crcs[3]],
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('H36: each part of it is what it is in the whole, when the checksums are known', async () => {
    const layout = await createZipLayout(collection);
    const whole = await collect(zipBytes(layout, { bytes, crcs: undefined }, { start: 0, end: layout.size }));
    const cuts = [0, 1, 29, 30, 48, 49, 500, 1047, 1048, 1064, 1100, 1200, 60_000, layout.listStart - 1, layout.listStart, layout.listStart + 47, layout.size - 23, layout.size - 1, layout.size]; // prettier-ignore
    for (const start of cuts) {
      for (const end of cuts.filter((cut) => cut > start)) {
        const part = await collect(zipBytes(layout, { bytes, crcs }, { start, end }));
        expect(part.equals(whole.subarray(start, end)), `${String(start)} to ${String(end)}`).toBe(true);
      }
    }
  });

  it('H36: is as long as another program makes it, of many files too', async () => {
    const many = Array.from({ length: 66_000 }, (_, index) => [`f${String(index)}`, 1] as const);
    for (const entries of [
      [
        ['a', 5],
        ['é/b', 0],
        ['c', null],
      ] as const,
      many,
    ]) {
      const other = new ZipFile();
      for (const [path, size] of entries) {
        const options = { forceDosTimestamp: true, mtime: new Date(1980, 0, 1) };
        if (size === null) other.addEmptyDirectory(path, options);
        else other.addReadStreamLazy(path, { ...options, compress: false, size }, () => undefined);
      }
      const length = await new Promise<unknown>((resolve) => {
        // It is called with the size, whatever its type says.
        other.end(undefined, (...[bytes]: readonly unknown[]) => {
          resolve(bytes);
        });
      });
      expect((await createZipLayout(fakeCollection(entries))).size).toBe(length);
    }
  });

  it('H36: of more than 4 GiB it says where things are in 64 bits, and programs find them', async () => {
    const crcs = Uint32Array.from([1, crc32('abc')]);
    const layout = await createZipLayout(fakeCollection([['large', 5 * 2 ** 30], ['behind', 3]])); // prettier-ignore
    const folder = await mkdtemp(join(tmpdir(), 'enxame-zip-'));
    const file = await open(join(folder, 'x.zip'), 'w');
    try {
      // What is large in it is a hole.
      await file.truncate(layout.size);
      const write = async (bytes: Uint8Array, at: number): Promise<void> => {
        await file.write(bytes, 0, bytes.length, at);
      };
      for (const index of [0, 1]) await write(layout.head(index), layout.entryStart(index));
      await write(Buffer.from('abc'), layout.entryStart(1) + layout.head(1).length);
      const end = zipBytes(layout, { bytes, crcs }, { start: layout.listStart, end: layout.size });
      await write(await collect(end), layout.listStart);
      const script = `import sys,zipfile,json
z=zipfile.ZipFile(sys.argv[1])
print(json.dumps([[i.filename,i.file_size,i.header_offset] for i in z.infolist()]+[z.read('behind').decode()]))`;
      const { stdout } = await promisify(execFile)('python3', ['-c', script, join(folder, 'x.zip')]);
      expect(JSON.parse(stdout)).toEqual([['large', 5 * 2 ** 30, 0], ['behind', 3, layout.entryStart(1)], 'abc']);
    } finally {
      await file.close();
      await rm(folder, { recursive: true });
    }
  });
});
