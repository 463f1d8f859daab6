import { pieceHashAt, pieceHashBytes, type Manifest } from '@enxame/shared/content/manifest';
import { pieceBytesFor, pieceCountFor } from '@enxame/shared/content/piece-size';
import type { ContentId } from '@enxame/shared/ids';
import { contentIdOf } from '../content/content-id.js';
import { turnBytes, type SmallFile, type SmallFileResult, type Turn, type TurnReply } from './hash-messages.js';
import type { FileStamp } from './regular-file.js';

/** What hashing a whole file tells. */
export interface FileManifest extends FileStamp {
  readonly contentId: ContentId;
  readonly manifest: Manifest;
  /** Comes along for small files; null otherwise. */
  readonly sha256: string | null;
}

/** Work on one file, done in turns. Knows what its next turn is, not who does it. */
export interface HashJob {
  readonly id: number;
  /** `manifest` goes before `sha256`. */
  readonly kind: 'manifest' | 'sha256';
  /** One turn is enough, as far as is known. */
  readonly small: boolean;
  /** How many of its turns may run at the same time, given what the last ones met. */
  maxParallel(): number;
  /** The next turn; undefined when all were given out. */
  nextTurn(): Turn | undefined;
  /** Takes a reply in; true when the job is complete and has settled. */
  take(turn: Turn, reply: TurnReply): boolean;
  fail(error: Error): void;
  /** Begins anew: its worker is gone. */
  restart(): void;
}

interface JobOptions {
  readonly id: number;
  readonly path: string;
  readonly onProgress: ((bytesHashed: number) => void) | undefined;
  readonly fail: (error: Error) => void;
}

/**
 * No disk that must move a head to another place reads this fast, so ranges of one file may be read side by side.
 * Below it a file is read strictly from front to back.
 */
const seeklessBytesPerMs = 400 * 1024;
const maxRanges = 4;

/** The manifest of a file as it is now. */
export function createManifestJob(options: JobOptions & { resolve: (result: FileManifest) => void }): HashJob {
  const ranges = createRanges(options);
  return {
    id: options.id,
    kind: 'manifest',
    small: true, // nobody knows yet; the first turn tells
    maxParallel: () => ranges.maxParallel(),
    nextTurn: () => ranges.nextTurn(),
    fail: (error) => {
      options.fail(error);
    },
    restart: () => {
      ranges.restart();
    },
    take: (turn, reply) => {
      const whole = ranges.take(turn, reply);
      if (!whole) return false;
      const manifest = { size: whole.stamp.size, pieceHashes: whole.hashes };
      options.resolve({ ...whole.stamp, manifest, contentId: contentIdOf(manifest), sha256: whole.sha256 });
      return true;
    },
  };
}

/** Which pieces of a manifest are in a part file: one byte a piece, 1 for those that verify. */
export function createVerifyJob(
  options: JobOptions & { manifest: Manifest; resolve: (verified: Uint8Array) => void },
): HashJob {
  const { manifest } = options;
  const ranges = createRanges({ ...options, contentBytes: manifest.size });
  return {
    id: options.id,
    kind: 'manifest',
    small: true,
    maxParallel: () => ranges.maxParallel(),
    nextTurn: () => ranges.nextTurn(),
    fail: (error) => {
      options.fail(error);
    },
    restart: () => {
      ranges.restart();
    },
    take: (turn, reply) => {
      const whole = ranges.take(turn, reply);
      if (!whole) return false;
      const verified = new Uint8Array(pieceCountFor(manifest.size));
      for (let index = 0; index < verified.length; index++) {
        const found = whole.hashes.subarray(index * pieceHashBytes, (index + 1) * pieceHashBytes);
        verified[index] = Buffer.compare(found, pieceHashAt(manifest, index)) === 0 ? 1 : 0;
      }
      options.resolve(verified);
      return true;
    },
  };
}

/** Many small files in one turn. */
export function createSmallFilesJob(
  options: Omit<JobOptions, 'path'> & {
    files: readonly SmallFile[];
    resolve: (results: readonly SmallFileResult[]) => void;
  },
): HashJob {
  let wasGiven = false;
  return {
    id: options.id,
    kind: 'manifest',
    small: true,
    maxParallel: () => 1,
    nextTurn: () => {
      if (wasGiven) return undefined;
      wasGiven = true;
      return { kind: 'small-files', files: options.files };
    },
    fail: (error) => {
      options.fail(error);
    },
    restart: () => {
      wasGiven = false;
    },
    take: (_turn, reply) => {
      if (reply.kind !== 'small-files') throw new Error(`a ${reply.kind} reply to a small-files turn`);
      options.resolve(reply.results);
      return true;
    },
  };
}

export function createSha256Job(
  options: JobOptions & { expected: FileStamp | null; isCold: boolean; resolve: (sha256: string) => void },
): HashJob {
  let bytesHashed = 0;
  return {
    id: options.id,
    kind: 'sha256',
    small: (options.expected?.size ?? Infinity) <= turnBytes,
    maxParallel: () => 1,
    nextTurn: () => {
      const { id, path, expected, isCold } = options;
      return { kind: 'sha256', jobId: id, path, stamp: expected, isCold };
    },
    fail: (error) => {
      options.fail(error);
    },
    restart: () => {
      bytesHashed = 0;
    },
    take: (_turn, reply) => {
      if (reply.kind !== 'sha256') throw new Error(`a ${reply.kind} reply to a sha256 turn`);
      bytesHashed += reply.bytesRead;
      options.onProgress?.(bytesHashed);
      if (reply.sha256 === null) return false;
      options.resolve(reply.sha256);
      return true;
    },
  };
}

interface WholeFile {
  readonly stamp: FileStamp;
  readonly hashes: Uint8Array;
  readonly sha256: string | null;
}

interface Ranges {
  maxParallel(): number;
  nextTurn(): Turn | undefined;
  /** The whole, once the last range is in. */
  take(turn: Turn, reply: TurnReply): WholeFile | undefined;
  restart(): void;
}

/** Cuts a file into turns and puts the hashes together. The first turn goes alone: it tells the size. */
function createRanges(options: JobOptions & { contentBytes?: number }): Ranges {
  const { path, onProgress } = options;
  const contentBytes = options.contentBytes ?? null;
  const isPart = contentBytes !== null;
  let stamp: FileStamp | null = null;
  let hashes = new Uint8Array();
  let nextOffset = 0;
  let openRanges = 0;
  let bytesHashed = 0;
  let bytesPerMs = 0;

  return {
    maxParallel: () => (stamp && bytesPerMs >= seeklessBytesPerMs ? maxRanges : 1),
    nextTurn: () => {
      if (stamp ? nextOffset >= (contentBytes ?? stamp.size) : nextOffset > 0) return undefined;
      const offset = nextOffset;
      nextOffset += turnBytes;
      openRanges++;
      return { kind: 'pieces', path, contentBytes, offset, stamp: isPart ? null : stamp };
    },
    take: (turn, reply) => {
      if (reply.kind !== 'pieces' || turn.kind !== 'pieces')
        throw new Error(`a ${reply.kind} reply to a ${turn.kind} turn`);
      openRanges--;
      const total = contentBytes ?? reply.stamp.size;
      if (!stamp) hashes = new Uint8Array(pieceCountFor(total) * pieceHashBytes);
      stamp ??= reply.stamp;
      hashes.set(reply.hashes, (turn.offset / pieceBytesFor(total)) * pieceHashBytes);
      bytesPerMs = reply.bytesRead / reply.elapsedMs;
      bytesHashed += reply.bytesRead;
      onProgress?.(bytesHashed);
      return openRanges === 0 && nextOffset >= total ? { stamp, hashes, sha256: reply.sha256 } : undefined;
    },
    restart: () => {
      stamp = null;
      nextOffset = openRanges = bytesHashed = 0;
    },
  };
}
