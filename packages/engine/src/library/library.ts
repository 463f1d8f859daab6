import type { Share } from '@enxame/shared/engine/share';
import type { Visibility } from '@enxame/shared/engine/visibility';
import type { ContentId, EntryId, UserId } from '@enxame/shared/ids';
import type { OnBroken } from '@enxame/storage/json-document';
import type { Logger } from 'pino';
import type { FolderStore } from '../collections/folder-store.js';
import type { HashPool } from '../hashing/hash-pool.js';
import type { PersonBook } from '../people/person-book.js';
import type { TrackerLink } from '../tracker/tracker-session.js';
import type { LocalContents } from './local-contents.js';
import type { AddedShares, AddOptions } from './share-adder.js';
import type { Timers } from './timers.js';

export interface LibraryDeps {
  /** Where its documents live; made when missing. */
  readonly folder: string;
  readonly pool: HashPool;
  readonly link: TrackerLink;
  /** A path that must never leave this computer: the engine's own keys and documents. Gets real paths. */
  readonly isPrivate: (realPath: string) => boolean;
  readonly onBrokenDocument: OnBroken;
  readonly logger: Logger;
  /** Nobody is blocked where there are none. */
  readonly people?: Pick<PersonBook, 'isBlocked' | 'onBlocked'>;
  readonly timers?: Timers;
  /** From 0 up to 1, for the jitter of retries. */
  readonly random?: () => number;
  readonly randomBytes?: (count: number) => Uint8Array;
}

export interface SharesApi {
  /** The call `share:add`: answers when each has its contentId. */
  add(paths: readonly string[], options?: AddOptions): Promise<AddedShares>;
  /** The call `share:show`: who may know of it. Durable when it resolves. Throws `entry-not-found`. */
  show(id: EntryId, visibility: Visibility): Promise<Share>;
  /** Whether a person may have a content that is here only as shares for some people; true of everything else. (P28) */
  mayHave(contentId: ContentId, userId: UserId | undefined): boolean;
  /** Throws `entry-not-found`. The file stays. */
  remove(id: EntryId): Promise<void>;
  /** The call `shares:list`. A share that is gone begins again with the first page. */
  page(after?: EntryId): { readonly shares: Share[]; readonly next?: EntryId };
  /** Undefined when it is not shared (any more). */
  get(id: EntryId): Share | undefined;
  /** Told the id of each share that changed in any way or went away; often, so merge before telling a person. */
  onChange(listener: (id: EntryId) => void): () => void;
}

export interface Library {
  readonly contents: LocalContents;
  /** The folders that are here as collections. */
  readonly folders: FolderStore;
  readonly shares: SharesApi;
  /** Told of each content that is here from now on, or is not any more, as far as this computer notices. */
  onPresence(listener: (contentId: ContentId) => void): () => void;
  /** Somebody sees whether it is here: what is gone from the disk is noticed soon. */
  readonly look: (contentId: ContentId) => void;
  /** Stops hashing, watching and announcing; finishes writes. Twice without harm. The pool is its creator's to close. */
  close(): Promise<void>;
}
