/**
 * What the person shares, and in which state each share is. Owns `shares.jsonl`. Decides nothing: the share hasher says
 * what a file is now, the announcer what the tracker acknowledged. A share without an exception is shared and costs
 * one record; hashing, broken and refused ones carry an exception beside it.
 */
import { join } from 'node:path';
import type { Share } from '@enxame/shared/engine/share';
import { fromAudience } from '@enxame/shared/engine/visibility';
import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { EntryId, UserId } from '@enxame/shared/ids';
import { openJournal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import { createSlices } from '../waiting/slices.js';
import type { ContentRecord } from './content-record.js';
import { shareRecordSchema, type ShareRecord } from './share-record.js';

type Exception =
  | { readonly state: 'hashing'; readonly bytesHashed: number }
  | { readonly state: 'broken'; readonly error: ErrorInfo }
  /** The tracker does not take it; it is served all the same. */
  | { readonly state: 'refused'; readonly error: ErrorInfo };

export interface Shares {
  readonly size: number;
  record(id: EntryId): ShareRecord | undefined;
  records(): IterableIterator<ShareRecord>;
  /** Who may know of it, but for those who are blocked; null: everybody may. */
  readersOf(record: ShareRecord): readonly UserId[] | null;
  idAt(path: string): EntryId | undefined;
  /** As interfaces see it; undefined when it is no longer shared. */
  view(id: EntryId): Share | undefined;
  /** Durable when it resolves. A change of what is announced takes the acknowledgement away. */
  put(record: ShareRecord): Promise<void>;
  delete(id: EntryId): Promise<void>;
  exception(id: EntryId): Exception | undefined;
  /** Undefined: nothing wrong with it. */
  setException(id: EntryId, exception: Exception | undefined): void;
  /** Some of the broken ones, others each time: those longest not asked for. */
  takeBrokenIds(max: number): readonly EntryId[];
  isAnnounced(id: EntryId): boolean;
  setAnnounced(id: EntryId, announced: boolean): void;
  /** Others are blocked now: what is for some people is to be announced anew. */
  readonly blockedChanged: () => void;
  /** Told the id of each share that changed in any way, or went away. */
  onChange(listener: (id: EntryId) => void): () => void;
  close(): Promise<void>;
}

/**
 * `known` gives the record of the same path where there is one: with its texts in common, each is in memory once.
 * `isBlocked`: whom the person wants to have nothing to do with.
 */
export async function openShares(
  folder: string,
  onBrokenDocument: OnBroken,
  known: (path: string) => ContentRecord | undefined = () => undefined,
  isBlocked: (userId: UserId) => boolean = () => false,
): Promise<Shares> {
  const schema = shareRecordSchema.transform((record) => compact(record, known(record.path)));
  const path = join(folder, 'shares.jsonl');
  const journal = await openJournal<ShareRecord>(path, schema, onBrokenDocument, undefined, ({ id }) => id);
  const idByPath = new Map<string, EntryId>();
  const exceptions = new Map<EntryId, Exception>();
  const announced = new Set<EntryId>();
  const listeners = new Set<(id: EntryId) => void>();
  const slices = createSlices();
  for (const record of journal.values()) {
    idByPath.set(record.path, record.id);
    if (slices.isOver()) await slices.next();
  }

  function changed(id: EntryId): void {
    for (const listener of listeners) listener(id);
  }

  return {
    get size() {
      return journal.size;
    },
    record: (id) => journal.get(id),
    records: () => journal.values(),
    readersOf: ({ audience }) => audience && audience.filter((userId) => !isBlocked(userId)),
    idAt: (path) => idByPath.get(path),
    view: (id) => {
      const record = journal.get(id);
      return record && toShare(record, exceptions.get(id), announced.has(id));
    },
    put: async (record) => {
      const before = journal.get(record.id);
      if (!before || !isSameAnnouncement(before, record)) announced.delete(record.id);
      idByPath.set(record.path, record.id);
      const written = journal.set(record.id, record);
      changed(record.id);
      await written;
    },
    delete: async (id) => {
      const record = journal.get(id);
      if (!record) return;
      idByPath.delete(record.path);
      exceptions.delete(id);
      announced.delete(id);
      const written = journal.delete(id);
      changed(id);
      await written;
    },
    exception: (id) => exceptions.get(id),
    setException: (id, exception) => {
      if (!journal.get(id) || (!exception && !exceptions.has(id))) return;
      if (exception) exceptions.set(id, exception);
      else exceptions.delete(id);
      changed(id);
    },
    takeBrokenIds: (max) => {
      const taken: [EntryId, Exception][] = [];
      for (const each of exceptions) {
        if (taken.length >= max) break;
        if (each[1].state === 'broken') taken.push(each);
      }
      for (const [id, exception] of taken) {
        exceptions.delete(id);
        exceptions.set(id, exception); // now last in order
      }
      return taken.map(([id]) => id);
    },
    isAnnounced: (id) => announced.has(id),
    setAnnounced: (id, isNow) => {
      if (!journal.get(id) || announced.has(id) === isNow) return;
      if (isNow) announced.add(id);
      else announced.delete(id);
      changed(id);
    },
    blockedChanged: () => {
      for (const { id, audience } of journal.values()) {
        if (audience === null || audience.length === 0) continue;
        announced.delete(id);
        changed(id);
      }
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => journal.close(),
  };
}

/** In one piece, and with the texts in common that another record has: there may be a hundred thousand. */
function compact(record: ShareRecord, known: ContentRecord | undefined): ShareRecord {
  const { id, path, name, size, collection, chosen, mtimeMs, contentId, sha256, addedAt, audience } = record;
  return {
    id,
    path: known?.path ?? path,
    name,
    size,
    collection,
    chosen,
    mtimeMs,
    contentId: known?.contentId === contentId ? known.contentId : contentId,
    sha256: known?.sha256 === sha256 ? known.sha256 : sha256,
    addedAt,
    audience,
  };
}

function isSameAnnouncement(a: ShareRecord, b: ShareRecord): boolean {
  return (
    a.contentId === b.contentId &&
    a.name === b.name &&
    a.size === b.size &&
    a.sha256 === b.sha256 &&
    a.addedAt === b.addedAt &&
    a.audience?.join() === b.audience?.join()
  );
}

function toShare(record: ShareRecord, exception: Exception | undefined, announced: boolean): Share {
  const { id, path, name, size, contentId, sha256, addedAt, collection, audience } = record;
  const state = exception?.state ?? (contentId ? 'shared' : 'hashing');
  return {
    id,
    path,
    name,
    size,
    files: collection && collection.files,
    state: state === 'refused' ? 'shared' : state,
    contentId: state === 'hashing' ? null : contentId,
    sha256: state === 'hashing' ? null : sha256,
    addedAt,
    bytesHashed: exception?.state === 'hashing' ? exception.bytesHashed : state === 'hashing' ? 0 : size,
    visibility: fromAudience(audience),
    announced,
    error: exception && exception.state !== 'hashing' ? exception.error : null,
  };
}
