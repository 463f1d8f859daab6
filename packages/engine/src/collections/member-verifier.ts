import { fromBase32 } from '@enxame/shared/content/base32';
import type { Collection } from '@enxame/shared/content/collection';
import type { Manifest } from '@enxame/shared/content/manifest';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { smallFileBytes } from '../hashing/hash-messages.js';
import type { HashPool } from '../hashing/hash-pool.js';
import type { FileStamp } from '../hashing/regular-file.js';
import { inLanes } from '../library/in-lanes.js';

/** A file, and the entry of the collection that it should be. */
export interface Candidate {
  readonly index: number;
  readonly path: string;
}

const batchFiles = 256;
const lanes = 3;

/**
 * Hashes files and tells those that are what the collection says, with the stamp that they had. Nothing on disk is
 * believed. What cannot be read is not what is wanted; the rest goes on. Throws `cancelled`.
 */
export async function verifyMembers(
  collection: Collection,
  candidates: Iterable<Candidate>,
  deps: {
    readonly pool: Pick<HashPool, 'smallFiles' | 'manifest'>;
    readonly signal: AbortSignal;
    readonly onVerified: (index: number, stamp: FileStamp, manifest?: Manifest) => void;
    readonly onWrong?: (index: number) => void;
  },
): Promise<void> {
  const { pool, signal } = deps;

  function* batches(): Generator<Candidate[]> {
    let batch: Candidate[] = [];
    for (const candidate of candidates) {
      batch.push(candidate);
      if (batch.length < batchFiles) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  await inLanes(batches(), lanes, async (batch) => {
    const results = await pool.smallFiles(
      batch.map(({ path }) => ({ path, known: null })),
      { signal },
    );
    for (const [at, { index, path }] of batch.entries()) {
      const result = results[at];
      const found = result && !('error' in result) ? result : undefined;
      const wanted = collection.contentIdBytes(index);
      if (found?.stamp.size !== collection.size(index)) deps.onWrong?.(index);
      else if (found.stamp.size > smallFileBytes) await verifyLarge(index, path, wanted);
      else if (found.contentId && Buffer.compare(found.contentId, wanted) === 0) deps.onVerified(index, found.stamp);
      else deps.onWrong?.(index);
    }
  });

  async function verifyLarge(index: number, path: string, wanted: Uint8Array): Promise<void> {
    try {
      const { contentId, manifest, size, mtimeMs } = await pool.manifest(path, { signal });
      if (Buffer.compare(fromBase32(contentId), wanted) === 0) deps.onVerified(index, { size, mtimeMs }, manifest);
      else deps.onWrong?.(index);
    } catch (error) {
      if (!(error instanceof EnxameError) || signal.aborted || error.code === 'engine-stopped') throw error;
      deps.onWrong?.(index);
    }
  }
}
