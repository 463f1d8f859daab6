import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  collectionHeadBytes,
  foldFileName,
  maxCollectionDepth,
  maxCollectionEntries,
  maxCollectionPathBytes,
  type Collection,
} from './collection.js';
import { createCollectionEncoder } from './collection-encoder.js';
import { createCollectionParser, openKnownCollection, parseCollection } from './collection-parser.js';
import { toSafeFileName } from './file-name.js';
import { toUtf8 } from './utf8.js';

const invalid = expect.objectContaining({ code: 'collection-invalid' }) as unknown;
const id = (seed: number): Uint8Array => Uint8Array.from({ length: 32 }, (_, index) => (seed * 31 + index) & 0xff);

/** The document of these paths as they are; one that ends in a slash is an empty folder. */
function documentOf(...paths: readonly string[]): Uint8Array {
  const encoder = createCollectionEncoder();
  for (const [index, path] of paths.entries()) {
    if (path.endsWith('/') && path !== '/') encoder.addEmptyFolder(path.slice(0, -1));
    else encoder.addFile(path, index, id(index));
  }
  return encoder.finish().document;
}

const pathsOf = (collection: Collection): string[] =>
  Array.from(
    { length: collection.count },
    (_, index) => collection.path(index) + (collection.isFile(index) ? '' : '/'),
  );

function encodeAgain(collection: Collection): Uint8Array {
  const encoder = createCollectionEncoder();
  for (let index = 0; index < collection.count; index++) {
    if (collection.isFile(index))
      encoder.addFile(collection.path(index), collection.size(index), collection.contentIdBytes(index));
    else encoder.addEmptyFolder(collection.path(index));
  }
  return encoder.finish().document;
}

/** Slash first, as in canonical order. */
const orderKey = (path: string): string => Buffer.from(toUtf8(path.replaceAll('/', '\u0000'))).toString('hex');

const names = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('a', 'b', 'A', 'é', 'ΟΔΟΣ', 'οδος', 'ß', 'ss', 'con'),
  )
  .map(toSafeFileName);
const trees = fc.array(fc.array(names, { minLength: 1, maxLength: 4 }), { maxLength: 40 }).map((paths) => {
  const files = new Set<string>();
  const folders = new Map<string, string>();
  const taken = new Set<string>();
  for (const path of paths) {
    const folded = path.map(foldFileName);
    const ancestors = path
      .slice(0, -1)
      .map((_, level) => [folded.slice(0, level + 1), path.slice(0, level + 1)] as const);
    if (taken.has(folded.join('/')) || folders.has(folded.join('/'))) continue;
    const fits = ancestors.every(([key, spelled]) => {
      const known = folders.get(key.join('/'));
      return !taken.has(key.join('/')) && (known === undefined || known === spelled.join('/'));
    });
    if (!fits) continue;
    for (const [key, spelled] of ancestors) folders.set(key.join('/'), spelled.join('/'));
    taken.add(folded.join('/'));
    files.add(path.join('/'));
  }
  return [...files].sort((a, b) => (orderKey(a) < orderKey(b) ? -1 : 1));
});

describe('a collection', () => {
  it('C9: has the encoding that the specification shows', () => {
    const encoder = createCollectionEncoder();
    encoder.addEmptyFolder('b');
    encoder.addFile('é.txt', 5, id(1));
    const { document } = encoder.finish();
    const hex = Buffer.from(document).toString('hex');
    expect(hex).toBe(
      `454e58430100000000000002000000010000000000000005` +
        `02000162` +
        `010006c3a92e7478740000000000000005${Buffer.from(id(1)).toString('hex')}`,
    );
  });

  it('C9: of nothing is its head', () => {
    const empty = parseCollection(documentOf());
    expect(empty).toMatchObject({ count: 0, fileCount: 0, totalBytes: 0 });
    expect(empty.document.length).toBe(collectionHeadBytes);
  });

  it('C9: reads back every tree of safe names', () => {
    fc.assert(
      fc.property(trees, (paths) => {
        const collection = parseCollection(documentOf(...paths));
        expect(pathsOf(collection)).toEqual(paths);
        expect(collection.totalBytes).toBe(paths.reduce((sum, _, index) => sum + index, 0));
        for (const index of paths.keys()) {
          expect(collection.size(index)).toBe(index);
          expect([...collection.contentIdBytes(index)]).toEqual([...id(index)]);
        }
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  it('C9: what is accepted has one encoding: a changed byte is refused, or is another collection', () => {
    fc.assert(
      fc.property(trees, fc.nat(), fc.integer({ min: 1, max: 255 }), (paths, at, change) => {
        const document = documentOf(...paths);
        const place = at % document.length;
        document[place] = (document[place] ?? 0) ^ change;
        let read: Collection;
        try {
          read = parseCollection(document);
        } catch (error) {
          expect(error).toEqual(invalid);
          return;
        }
        expect(Buffer.from(encodeAgain(read)).equals(document)).toBe(true);
      }),
      { seed: 10, numRuns: 1000 },
    );
  });

  it('C9: refuses bytes that are missing, and bytes behind the end', () => {
    const document = documentOf('a', 'b/', 'c/d');
    for (let length = 0; length < document.length; length++) {
      expect(() => parseCollection(document.subarray(0, length))).toThrow(invalid);
    }
    expect(() => parseCollection(new Uint8Array([...document, 0]))).toThrow(invalid);
  });

  it('C9: refuses counts and sums that are not those of the entries', () => {
    for (const at of [11, 15, 23]) {
      const document = documentOf('a', 'b/', 'c/d');
      document[at] = (document[at] ?? 0) ^ 1;
      expect(() => parseCollection(document)).toThrow(invalid);
    }
  });

  it.each([
    ['up', ['../a']],
    ['up in the middle', ['a/../b']],
    ['here', ['./a']],
    ['absolute', ['/a']],
    ['nothing between slashes', ['a//b']],
    ['an empty path', ['']],
    ['a slash at the end', ['a/b/c//']],
    ['a backslash', ['a\\b']],
    ['a drive', ['C:/a']],
    ['a stream of NTFS', ['a:b']],
    ['a device of Windows', ['a/CON.txt']],
    ['a control', ['a\nb']],
    ['a zero', ['a\u0000b']],
    ['a dot at the end', ['a.']],
    ['a space at the end', ['a ']],
    ['bidirectional controls', ['a\u202ecod.exe']],
    ['a name that is not NFC', ['e\u0301']],
    ['a name of 231 bytes', ['a'.repeat(231)]],
    ['the same twice', ['a', 'a']],
    ['the same but for case', ['A', 'a']],
    ['the same but for case, not in ASCII', ['É', 'é']],
    ['the same but for the case of the last letter', ['ΟΔΟΣ', 'οδος']],
    ['a folder that is another but for case', ['A/x', 'a/y']],
    ['a file and a folder but for case', ['A', 'a/x']],
    ['a file that is a folder too', ['a', 'a/b']],
    ['a file that is a folder too, apart', ['a', 'a-b', 'a/b']],
    ['an empty folder that is not empty', ['a/', 'a/b']],
    ['an empty folder and a file', ['a', 'a/']],
    ['the wrong order', ['b', 'a']],
    ['the wrong order of folders', ['b/a', 'a/b']],
    ['the order of bytes in place of that of names', ['a-b', 'a/b']],
  ])('C11: refuses %s', (_what, paths) => {
    expect(() => parseCollection(documentOf(...paths))).toThrow(invalid);
  });

  it('C11: takes what only looks alike', () => {
    const paths = ['.hidden', 'a/b', 'a/b c', 'a-b', 'a.b', 'مرحبا/😀.txt', '\ufb01'];
    expect(pathsOf(parseCollection(documentOf(...paths)))).toEqual(paths);
  });

  it('C11: refuses bytes that are no text', () => {
    const document = documentOf('aa');
    document[collectionHeadBytes + 3] = 0xc0;
    expect(() => parseCollection(document)).toThrow(invalid);
  });

  it('C10: refuses a path that is too long or too deep, and takes the longest', () => {
    const deepest = Array.from({ length: maxCollectionDepth }, () => 'd').join('/');
    expect(pathsOf(parseCollection(documentOf(deepest)))).toEqual([deepest]);
    expect(() => parseCollection(documentOf(`${deepest}/d`))).toThrow(invalid);
    const longest = Array.from({ length: 64 }, () => 'x'.repeat(31)).join('/');
    expect(toUtf8(longest).length).toBe(maxCollectionPathBytes - 1);
    expect(pathsOf(parseCollection(documentOf(`${longest}x`)))).toEqual([`${longest}x`]);
    expect(() => parseCollection(documentOf(`${longest}xx`))).toThrow(invalid);
  });

  it.each([10 ** 7, maxCollectionEntries + 1, 2 ** 32 - 1, 1000])(
    'C10: refuses a head that claims %d entries before it takes memory for them',
    (claimed) => {
      const document = documentOf('a');
      new DataView(document.buffer).setUint32(8, claimed);
      const before = process.memoryUsage().arrayBuffers;
      expect(() => createCollectionParser(document)).toThrow(invalid);
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
    },
  );

  it('C10: refuses a file, and a sum, above the largest content', () => {
    const document = documentOf('a');
    const view = new DataView(document.buffer);
    view.setBigUint64(document.length - 40, 2n ** 53n);
    view.setBigUint64(16, 2n ** 53n);
    expect(() => parseCollection(document)).toThrow(invalid);
    const encoder = createCollectionEncoder();
    encoder.addFile('a', 2 ** 44, id(1));
    expect(() => {
      encoder.addFile('b', 1, id(1));
    }).toThrow(expect.objectContaining({ code: 'too-large' }) as Error);
  });

  it('opens again what was parsed before', () => {
    const document = documentOf('a', 'b/c', 'b/d', 'e/');
    expect(pathsOf(openKnownCollection(document))).toEqual(['a', 'b/c', 'b/d', 'e/']);
    expect(() => openKnownCollection(document.subarray(1))).toThrow(invalid);
    expect(() => openKnownCollection(document.subarray(0, -1))).toThrow(invalid);
  });

  it('reads in steps of any size', () => {
    const document = documentOf('a', 'b/c', 'b/d', 'e/');
    const parser = createCollectionParser(document);
    expect(parser.step(2)).toBeUndefined();
    expect(parser.step(1)).toBeUndefined();
    expect(parser.step(5)?.count).toBe(4);
  });
});
