import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { blake3 } from '@napi-rs/blake-hash';
import { toBase32 } from '@enxame/shared/content/base32';
import { pieceBytesFor, maxContentBytes } from '@enxame/shared/content/piece-size';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentIdOf } from '../content/content-id.js';
import { createHashPool, type HashPool } from './hash-pool.js';

const workerUrl = new URL('../../dist/hashing/hash-worker.js', import.meta.url);
const MiB = 1024 * 1024;
let folder: string;
let pool: HashPool;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'enxame-hash-'));
  pool = createHashPool({ workerUrl, workers: 2 });
});
afterEach(async () => {
  await pool.close();
  await rm(folder, { recursive: true });
});

/** The piece hashes, the slow and obvious way. */
function referenceHashes(bytes: Buffer): Buffer {
  const pieceBytes = pieceBytesFor(bytes.length);
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    blake3(bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes)),
  );
  return Buffer.concat(pieces);
}

async function fileOf(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

describe('hash pool', () => {
  it('gives the manifest, its id and the SHA-256 of files of any size', async () => {
    const edges = [0, 1, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, MiB, 3 * MiB + 5];
    const source = randomBytes(4 * MiB);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constantFrom(...edges), fc.integer({ min: 0, max: 4 * MiB })), async (size) => {
        const bytes = source.subarray(0, size);
        const path = await fileOf('any', bytes);
        const found = await pool.manifest(path);
        expect(found.size).toBe(size);
        expect(Buffer.from(found.manifest.pieceHashes).equals(referenceHashes(bytes))).toBe(true);
        expect(found.contentId).toBe(contentIdOf({ size, pieceHashes: referenceHashes(bytes) }));
        const sum = createHash('sha256').update(bytes).digest('hex');
        expect(found.sha256).toBe(size <= 256 * 1024 ? sum : null);
        expect(await pool.sha256(path, { expected: found })).toBe(sum);
        expect(await pool.sha256(path, { expected: found, isCold: true })).toBe(sum);
      }),
      { numRuns: 30 },
    );
  });

  it('puts a file of many turns together, and tells how far it is', async () => {
    const bytes = randomBytes(100 * MiB + 77);
    const path = await fileOf('large', bytes);
    const told: number[] = [];
    const found = await pool.manifest(path, { onProgress: (done) => told.push(done) });
    expect(Buffer.from(found.manifest.pieceHashes).equals(referenceHashes(bytes))).toBe(true);
    expect(told).toHaveLength(4);
    expect(told.at(-1)).toBe(bytes.length);
    expect(await pool.sha256(path)).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('says what is wrong with a file', async () => {
    const path = await fileOf('file', randomBytes(10));
    await symlink(path, join(folder, 'link'));
    await expect(pool.manifest(join(folder, 'nothing'))).rejects.toMatchObject({ code: 'file-vanished' });
    await expect(pool.manifest(join(path, 'below'))).rejects.toMatchObject({ code: 'file-vanished' });
    await expect(pool.manifest(folder)).rejects.toMatchObject({ code: 'path-not-a-file' });
    await expect(pool.manifest(join(folder, 'link'))).rejects.toMatchObject({ code: 'path-is-a-link' });
    await expect(pool.sha256(path, { expected: { size: 10, mtimeMs: 1 } })).rejects.toMatchObject({
      code: 'file-changed',
    });
  });

  it.skipIf(process.platform === 'win32')('does not wait for the other end of a named pipe', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await expect(pool.manifest(join(folder, 'pipe'))).rejects.toMatchObject({ code: 'path-not-a-file' });
  });

  it('refuses a file beyond the largest content', async () => {
    const path = await fileOf('huge', Buffer.alloc(0));
    const made = await truncate(path, maxContentBytes + 1).then(
      () => true,
      () => false, // the file system here cannot hold such a file, and so nobody can share one
    );
    if (made) await expect(pool.manifest(path)).rejects.toMatchObject({ code: 'file-too-large' });
    else await expect(pool.manifest(path)).resolves.toMatchObject({ size: 0 });
  });

  it('notices a file that changes between two turns', async () => {
    for (const kind of ['manifest', 'sha256'] as const) {
      const path = await fileOf(kind, Buffer.alloc(80 * MiB));
      const once = new Set([path]);
      const onProgress = (): void => {
        if (once.delete(path)) appendFileSync(path, 'more');
      };
      await expect(pool[kind](path, { onProgress })).rejects.toMatchObject({ code: 'file-changed' });
    }
  });

  it('lets small files pass a large one', async () => {
    const large = await fileOf('large', Buffer.alloc(0));
    await truncate(large, 640 * MiB);
    const small = await fileOf('small', randomBytes(1000));
    const one = createHashPool({ workerUrl, workers: 1 });
    const order: string[] = [];
    await Promise.all([
      one.sha256(large).then(() => order.push('large sum')),
      one.manifest(large).then(() => order.push('large')),
      one.manifest(small).then(() => order.push('small')),
    ]);
    await one.close();
    expect(order).toEqual(['small', 'large', 'large sum']);
  });

  it('stops a job whose signal aborts, before and in the middle', async () => {
    const path = await fileOf('file', Buffer.alloc(80 * MiB));
    await expect(pool.manifest(path, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
    for (const kind of ['manifest', 'sha256'] as const) {
      const abort = new AbortController();
      const job = pool[kind](path, { signal: abort.signal, onProgress: () => { abort.abort(); } }); // prettier-ignore
      await expect(job).rejects.toMatchObject({ code: 'cancelled' });
    }
    expect(await pool.sha256(path)).toBe(
      createHash('sha256')
        .update(Buffer.alloc(80 * MiB))
        .digest('hex'),
    );
  });

  it('finds the pieces of a part file that are right', async () => {
    const bytes = randomBytes(40 * MiB + 3);
    const { manifest } = await pool.manifest(await fileOf('whole', bytes));
    const part = Buffer.from(bytes.subarray(0, 39 * MiB + 9));
    part[5 * MiB] = ~(part[5 * MiB] ?? 0);
    const verified = await pool.verifyPieces(await fileOf('part', part), manifest);
    const pieceBytes = pieceBytesFor(bytes.length);
    const wrong = [Math.floor((5 * MiB) / pieceBytes)];
    for (let index = Math.floor(part.length / pieceBytes); index < verified.length; index++) wrong.push(index);
    expect([...verified].flatMap((is, index) => (is === 1 ? [] : [index]))).toEqual(wrong);
  });

  it('replaces a thread that dies, at the cost of its job alone', async () => {
    // A worker that ends itself at a file named "poison" and answers as the real one otherwise.
    const poison = `
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', (turn) => { if (turn.path?.endsWith('poison')) process.exit(3); });`;
    const first = `data:text/javascript,${encodeURIComponent(poison)}`;
    const script = `import ${JSON.stringify(first)}; import ${JSON.stringify(workerUrl.href)};`;
    const frail = createHashPool({
      workerUrl: pathToFileURL(await fileOf('frail.mjs', Buffer.from(script))),
      workers: 1,
    });
    const path = await fileOf('file', Buffer.from('abc'));
    const jobs = [frail.manifest(path), frail.manifest(join(folder, 'poison')), frail.manifest(path)];
    const [before, dead, after] = await Promise.allSettled(jobs);
    await frail.close();
    expect(before).toMatchObject({ status: 'fulfilled', value: { size: 3 } });
    expect(dead).toMatchObject({ status: 'rejected', reason: { code: 'internal' } });
    expect(after).toMatchObject({ status: 'fulfilled', value: { size: 3 } });
  });

  it('looks at many small files in one turn, and says of each what it is', async () => {
    const small = await fileOf('small', Buffer.from('hello'));
    const empty = await fileOf('empty', Buffer.alloc(0));
    const largest = await fileOf('largest', Buffer.alloc(256 * 1024, 1));
    const large = await fileOf('large', Buffer.alloc(256 * 1024 + 1));
    const { size, mtimeMs } = await pool.manifest(small);
    await symlink(small, join(folder, 'link'));
    const results = await pool.smallFiles([
      ...[small, empty, largest, large, join(folder, 'link'), join(folder, 'none'), folder].map((path) => ({
        path,
        known: null,
      })),
      { path: small, known: { size, mtimeMs } },
      { path: small, known: { size, mtimeMs: mtimeMs - 1 } },
    ]);
    const ids = await Promise.all([small, empty, largest].map((path) => pool.manifest(path)));
    const told = results.map((result) =>
      'error' in result ? result.error.code : [result.contentId && toBase32(result.contentId), result.isKnown],
    );
    expect(told).toEqual([
      ...ids.map(({ contentId }) => [contentId, false]),
      [null, false],
      'path-is-a-link',
      'file-vanished',
      'path-not-a-file',
      [null, true],
      [ids[0]?.contentId, false],
    ]);
  });

  it('ends what is under way when it closes, and takes nothing after', async () => {
    const path = await fileOf('file', Buffer.alloc(80 * MiB));
    const job = expect(pool.sha256(path)).rejects.toMatchObject({ code: 'engine-stopped' });
    await pool.close();
    await job;
    await pool.close();
    await expect(pool.manifest(path)).rejects.toMatchObject({ code: 'engine-stopped' });
  });
});
