import type { CodeReceiver } from '@enxame/shared/engine/code';
import type { TransferState } from '@enxame/shared/engine/transfer';
import type { FolderWords } from './folder-words.js';

/** Every word that the program says of its own accord; errors have theirs in `packages/shared`. */
export interface Words {
  readonly columns: Readonly<
    Record<'id' | 'name' | 'size' | 'owner' | 'sources' | 'state' | 'done' | 'person' | 'files' | 'presence', string>
  >;
  readonly online: string;
  readonly offline: string;
  readonly hashing: string;
  readonly computingSha256: string;
  readonly states: Readonly<Record<TransferState, string>>;
  readonly none: Readonly<Record<'entries' | 'transfers' | 'people', string>>;
  readonly shown: (shown: number, total: number) => string;
  readonly registered: (name: string, tracker: string) => string;
  readonly shared: (count: number) => string;
  readonly notAnnounced: string;
  readonly unshared: string;
  readonly received: (path: string, size: string, sha256: string) => string;
  readonly paused: string;
  readonly engineStopped: string;
  readonly status: Readonly<Record<'user' | 'device' | 'tracker' | 'downloads' | 'engine', string>>;
  readonly nobody: string;
  readonly noTracker: string;
  readonly connected: string;
  readonly notConnected: string;
  readonly running: string;
  readonly notRunning: string;
  readonly ready: (url: string) => string;
  readonly portTaken: (port: number, used: number) => string;
  readonly otherTracker: (used: string, given: string) => string;
  readonly waiting: string;
  readonly codes: CodeWords;
  readonly folders: FolderWords;
}

/** Sending and receiving by code. */
export interface CodeWords {
  readonly is: (code: string) => string;
  readonly ask: string;
  readonly askAccept: (
    name: string,
    size: string,
    files: number | null,
    free: string | null,
    canChoose: boolean,
  ) => string;
  readonly isChoose: (answer: string) => boolean;
  readonly askPatterns: string;
  readonly more: (files: number) => string;
  readonly from: (name: string) => string;
  readonly plain: string;
  readonly goesOn: string;
  readonly isYes: (answer: string) => boolean;
  readonly verifier: (hex: string) => string;
  readonly receiver: (number: number, state: string, failure: string | null) => string;
  readonly receiverStates: Readonly<Record<CodeReceiver['state'], string>>;
  readonly sent: (receivers: number) => string;
}
