/**
 * Every content that this device has whole and verified, by the paths that hold it. Owns `contents.jsonl` (one record a
 * path) and `manifests/`. Trusts nothing it remembers: a file is looked at again each time it is opened, through the
 * handle that is then read. Who adds a path (shares, downloads) releases it when its reason ends.
 */
import { lstat, open, type FileHandle } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Manifest } from '@enxame/shared/content/manifest';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { openJournal, type Journal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import { createSlices } from '../waiting/slices.js';
import { isSameStamp, readFlags, stampOf, toReadError } from '../hashing/regular-file.js';
import { contentRecordSchema, type ContentRecord, type HeldAs } from './content-record.js';
import { fromInlineHashes, openManifestStore, toInlineHashes } from './manifest-store.js';
import { createPathIndex } from './path-index.js';

export interface NewLocalContent {
  readonly contentId: ContentId;
  readonly path: string;
  readonly size: number;
  /** As it was when the bytes were hashed. */
  readonly mtimeMs: number;
  readonly sha256: string | null;
  readonly manifest: Manifest;
  readonly heldAs: HeldAs;
}

/** A file opened for reading that was, at this moment, what it was when it was hashed. The caller closes the handle. */
export interface ServedContent {
  readonly handle: FileHandle;
  readonly path: string;
  readonly size: number;
  /** Throws `manifest-mismatch` when the stored one is lost; the file is then hashed again. */
  manifest(): Promise<Manifest>;
}

/** A path that turned out not to hold its content any more. */
export interface BrokenContent {
  readonly contentId: ContentId;
  readonly path: string;
  readonly error: EnxameError;
}

export interface LocalContents {
  /** Durable when it resolves. Replaces what was known of the path. */
  add(content: NewLocalContent): Promise<void>;
  /** A path that holds the content, as far as is known. */
  get(contentId: ContentId): ContentRecord | undefined;
  getByPath(path: string): ContentRecord | undefined;
  /** Whether some path of it is held for one of these reasons. */
  isHeldAs(contentId: ContentId, ...reasons: readonly HeldAs[]): boolean;
  /** All that is remembered, a record for each path. */
  values(): Iterable<ContentRecord>;
  /** Throws `content-not-found`, or why the last of its paths cannot be served (`file-changed`, `file-vanished`, ...). */
  openForServing(contentId: ContentId): Promise<ServedContent>;
  /** Whether some path of it could be served now. */
  isUnchanged(contentId: ContentId): Promise<boolean>;
  setSha256(contentId: ContentId, sha256: string): Promise<void>;
  /** One more reason to hold a path that is known already. */
  hold(path: string, heldAs: HeldAs): Promise<void>;
  /** One reason to hold the path ended; without another it is forgotten. The file stays. */
  release(path: string, heldAs: HeldAs): Promise<void>;
  /** Forgets a content, all paths of it. The files stay. */
  remove(contentId: ContentId): Promise<void>;
  /** Forgets that a path was found broken: somebody looked, and it is what it was. */
  readonly setIntact: (path: string) => void;
  /** Somebody looked, and it is not what it was. */
  setBroken(path: string, error: EnxameError): void;
  /** Its bytes are others, and its stamp does not tell: durable when it resolves, until other bytes are added there. */
  setDamaged(path: string): Promise<void>;
  /** Looks at the files of a content, at next to no cost: what is gone or changed is broken, what is back is not. */
  look(contentId: ContentId): Promise<void>;
  readonly onBroken: (listener: (broken: BrokenContent) => void) => () => void;
  /** A path has its content from now on: it is new, or was broken. */
  readonly onIntact: (listener: (record: ContentRecord) => void) => () => void;
  close(): Promise<void>;
}

const onlyShared: HeldAs[] = ['share'];

/** In one piece, and nearly all with one list in common: there may be a hundred thousand. */
function compact(record: ContentRecord): ContentRecord {
  const { contentId, path, size, mtimeMs, sha256, heldAs, pieceHashes, damaged } = record;
  const isOnlyShared = heldAs.length === 1 && heldAs[0] === 'share';
  const whole = { contentId, path, size, mtimeMs, sha256, heldAs: isOnlyShared ? onlyShared : heldAs, pieceHashes };
  return damaged ? { ...whole, damaged } : whole;
}

export async function openLocalContents(folder: string, onBrokenDocument: OnBroken): Promise<LocalContents> {
  const journal: Journal<ContentRecord> = await openJournal(
    join(folder, 'contents.jsonl'),
    contentRecordSchema.transform(compact),
    onBrokenDocument,
    undefined,
    ({ path }) => path,
  );
  const manifests = await openManifestStore(join(folder, 'manifests'));
  const index = createPathIndex();
  const brokenPaths = new Set<string>();
  const listeners = new Set<(broken: BrokenContent) => void>();
  const intactListeners = new Set<(record: ContentRecord) => void>();
  const slices = createSlices();
  for (const record of journal.values()) {
    index.add(record.contentId, record.path);
    if (slices.isOver()) await slices.next();
  }

  const recordsOf = (contentId: ContentId): readonly ContentRecord[] =>
    index.paths(contentId).flatMap((path) => journal.get(path) ?? []);

  function tellBroken({ contentId, path }: ContentRecord, error: EnxameError): void {
    if (journal.get(path)) brokenPaths.add(path);
    for (const listener of listeners) listener({ contentId, path, error });
  }

  function tellIntact(path: string): void {
    const record = journal.get(path);
    if (record && !record.damaged) for (const listener of intactListeners) listener(record);
  }

  function setIntact(path: string): void {
    if (brokenPaths.delete(path)) tellIntact(path);
  }

  async function look(record: ContentRecord): Promise<void> {
    if (record.damaged) return;
    try {
      const stats = await lstat(record.path);
      const isSame = stats.isFile() && isSameStamp(stampOf(stats), record);
      if (isSame) setIntact(record.path);
      else if (!brokenPaths.has(record.path)) {
        tellBroken(record, new EnxameError('file-changed', { name: basename(record.path) }));
      }
    } catch (error) {
      const known = toReadError(error, record.path);
      if (!(known instanceof EnxameError)) throw known;
      if (!brokenPaths.has(record.path)) tellBroken(record, known);
    }
  }

  async function forget(record: ContentRecord): Promise<void> {
    brokenPaths.delete(record.path);
    index.remove(record.contentId, record.path);
    await journal.delete(record.path);
    await removeUnusedManifest(record);
  }

  async function removeUnusedManifest({ contentId, pieceHashes }: ContentRecord): Promise<void> {
    if (pieceHashes === null && index.paths(contentId).length === 0) await manifests.remove(contentId);
  }

  async function readManifest(record: ContentRecord): Promise<Manifest> {
    if (record.pieceHashes !== null) return fromInlineHashes(record.size, record.pieceHashes);
    try {
      return await manifests.read(record.contentId);
    } catch (error) {
      // Only hashing brings it back: without the record, the share is hashed again.
      if (error instanceof EnxameError) {
        for (const each of recordsOf(record.contentId)) {
          await forget(each);
          tellBroken(each, error);
        }
      }
      throw error;
    }
  }

  async function openRecord(record: ContentRecord): Promise<ServedContent> {
    let handle: FileHandle | undefined;
    try {
      handle = await open(record.path, readFlags);
      const stats = await handle.stat();
      if (record.damaged || !stats.isFile() || !isSameStamp(stampOf(stats), record)) {
        throw new EnxameError('file-changed', { name: basename(record.path) });
      }
      setIntact(record.path);
      return { handle, path: record.path, size: record.size, manifest: () => readManifest(record) };
    } catch (error) {
      await handle?.close();
      const known = toReadError(error, record.path);
      if (known instanceof EnxameError) tellBroken(record, known);
      throw known;
    }
  }

  async function openForServing(contentId: ContentId): Promise<ServedContent> {
    let failure: unknown = new EnxameError('content-not-found');
    for (const record of recordsOf(contentId)) {
      try {
        return await openRecord(record);
      } catch (error) {
        failure = error; // the next path may do; the last failure is what the caller gets
      }
    }
    throw failure;
  }

  return {
    add: async ({ manifest, heldAs, ...content }) => {
      const before = journal.get(content.path);
      const pieceHashes = toInlineHashes(manifest);
      if (pieceHashes === null) await manifests.write(content.contentId, manifest);
      const sameBytes = before?.contentId === content.contentId;
      // Other bytes at the path end the reasons for the old ones.
      const reasons = new Set<HeldAs>([...(sameBytes ? before.heldAs : []), heldAs]);
      if (before && !sameBytes) index.remove(before.contentId, before.path);
      if (!sameBytes) index.add(content.contentId, content.path);
      brokenPaths.delete(content.path);
      const sha256 = content.sha256 ?? (sameBytes ? before.sha256 : null);
      await journal.set(content.path, compact({ ...content, sha256, heldAs: [...reasons], pieceHashes }));
      tellIntact(content.path);
      if (before && !sameBytes) await removeUnusedManifest(before);
    },
    get: (contentId) => recordsOf(contentId).find(({ path, damaged }) => !damaged && !brokenPaths.has(path)),
    getByPath: (path) => journal.get(path),
    isHeldAs: (contentId, ...reasons) =>
      recordsOf(contentId).some(({ heldAs }) => heldAs.some((reason) => reasons.includes(reason))),
    values: () => journal.values(),
    openForServing,
    isUnchanged: async (contentId) => {
      try {
        await (await openForServing(contentId)).handle.close();
        return true;
      } catch (error) {
        if (error instanceof EnxameError) return false;
        throw error;
      }
    },
    setSha256: async (contentId, sha256) => {
      const without = recordsOf(contentId).filter((record) => record.sha256 === null);
      await Promise.all(without.map((record) => journal.set(record.path, { ...record, sha256 })));
    },
    hold: async (path, reason) => {
      const record = journal.get(path);
      if (!record || record.heldAs.includes(reason)) return;
      await journal.set(path, compact({ ...record, heldAs: [...record.heldAs, reason] }));
    },
    release: async (path, reason) => {
      const record = journal.get(path);
      if (!record?.heldAs.includes(reason)) return;
      const left = record.heldAs.filter((each) => each !== reason);
      if (left.length === 0) await forget(record);
      else await journal.set(path, compact({ ...record, heldAs: left }));
    },
    remove: async (contentId) => {
      for (const record of recordsOf(contentId)) await forget(record);
    },
    setIntact,
    look: async (contentId) => {
      for (const record of recordsOf(contentId)) await look(record);
    },
    onIntact: (listener) => {
      intactListeners.add(listener);
      return () => intactListeners.delete(listener);
    },
    setBroken: (path, error) => {
      const record = journal.get(path);
      if (record) tellBroken(record, error);
    },
    setDamaged: async (path) => {
      const record = journal.get(path);
      if (!record) return;
      await journal.set(path, compact({ ...record, damaged: true }));
      tellBroken(record, new EnxameError('file-changed', { name: basename(path) }));
    },
    onBroken: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => journal.close(),
  };
}
