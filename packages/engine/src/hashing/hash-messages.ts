import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { FileStamp } from './regular-file.js';

/** How many bytes a worker reads before the pool decides again what goes first. A multiple of every piece size. */
export const turnBytes = 32 * 1024 * 1024;

/** Up to this size the SHA-256 comes along with the manifest: one reading, one announcement. */
export const sha256AlongBytes = 256 * 1024;

/** A file of at most this size is one piece: its contentId needs one reading, and many of them fit in one turn. */
export const smallFileBytes = 256 * 1024;

/** A file to look at, and to hash when it is small and not what is `known`. */
export interface SmallFile {
  readonly path: string;
  readonly known: FileStamp | null;
}

export type SmallFileResult =
  | {
      readonly stamp: FileStamp;
      /** 32 bytes; null when it was not hashed: as known, or too large for one piece. */
      readonly contentId: Uint8Array | null;
      readonly isKnown: boolean;
    }
  | { readonly error: ErrorInfo };

/** One turn of a worker. A worker answers each message with exactly one `TurnReply`, except `drop`. */
export type Turn =
  /** Hashes the pieces of one range. Without a stamp it is the first turn: the file's size decides on the pieces. */
  | {
      readonly kind: 'pieces';
      readonly path: string;
      /** The size that the pieces follow from; null takes the size of the file. */
      readonly contentBytes: number | null;
      readonly offset: number;
      /** The file must be as it was; null on the first turn. */
      readonly stamp: FileStamp | null;
    }
  /** Looks at many files, in their order. Fails only as a whole when the thread does. */
  | { readonly kind: 'small-files'; readonly files: readonly SmallFile[] }
  /** Reads on where the last turn of this job ended; the first turn opens the file. */
  | {
      readonly kind: 'sha256';
      readonly jobId: number;
      readonly path: string;
      readonly stamp: FileStamp | null;
      /** The system's cache holds little of it, and is not to be filled with it. */
      readonly isCold: boolean;
    }
  /** Forgets a SHA-256 job whose caller went away. Not answered. */
  | { readonly kind: 'drop'; readonly jobId: number };

export type TurnReply =
  | {
      readonly kind: 'pieces';
      readonly stamp: FileStamp;
      /** Of the pieces that are wholly in the file, from `offset` on. */
      readonly hashes: Uint8Array;
      readonly bytesRead: number;
      /** Of the whole file, when it is small. */
      readonly sha256: string | null;
      readonly elapsedMs: number;
    }
  | { readonly kind: 'small-files'; readonly results: readonly SmallFileResult[] }
  /** `sha256` once the end of the file was reached. */
  | { readonly kind: 'sha256'; readonly bytesRead: number; readonly sha256: string | null }
  | { readonly kind: 'failed'; readonly error: ErrorInfo };
