import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { FileStamp } from '../hashing/regular-file.js';

/** What a folder thread can be asked: synchronous work on many files, which on the main thread would stall the rest. */
export interface FolderTasks {
  /** Throws `collection-invalid`. The document comes back: it was handed over, not copied. */
  parse: {
    readonly input: { readonly document: Uint8Array };
    readonly output: { readonly document: Uint8Array; readonly offsets: Uint32Array; readonly fileCount: number };
  };
  /** Reads whole small files into one frame; one that is no longer as its stamp is marked missing in it. */
  read: {
    readonly input: { readonly files: readonly ({ readonly path: string } & FileStamp)[] };
    readonly output: { readonly frame: Uint8Array; readonly missing: readonly number[] };
  };
  /** Writes the files of a frame that verify. Throws `source-lied` for what is no frame of these files. */
  write: {
    readonly input: {
      readonly folder: string;
      readonly files: readonly { readonly path: string; readonly size: number }[];
      /** 32 bytes a file, in the order of `files`. */
      readonly contentIds: Uint8Array;
      readonly frame: Uint8Array;
    };
    readonly output: {
      readonly results: readonly ('missing' | 'wrong' | FileStamp)[];
    };
  };
  /** Folders, each with those above it; those that are there stay. Throws what the disk says, of `folder`. */
  'make-folders': {
    readonly input: { readonly folder: string; readonly folders: readonly string[] };
    readonly output: null;
  };
  /** Copies, sharing blocks where the file system can; never onto something that is there. */
  copy: {
    readonly input: { readonly copies: readonly { readonly from: string; readonly to: string }[] };
    /** The error of each that was not copied. */
    readonly output: { readonly errors: readonly (ErrorInfo | null)[] };
  };
  /** What each file is now; null for what is no regular file. */
  look: {
    readonly input: { readonly files: readonly string[] };
    readonly output: { readonly stamps: readonly (FileStamp | null)[] };
  };
  /** Resolves when files and folders are on disk. Throws what the disk says, of `folder`. */
  flush: {
    readonly input: { readonly folder: string; readonly files: readonly string[]; readonly folders: readonly string[] };
    readonly output: null;
  };
}

export type FolderTaskName = keyof FolderTasks;

/** To the thread. */
export interface FolderTaskMessage {
  readonly id: number;
  readonly name: FolderTaskName;
  readonly input: unknown;
}

/** From the thread, one for each message. */
export type FolderTaskReply =
  { readonly id: number; readonly output: unknown } | { readonly id: number; readonly error: ErrorInfo };
