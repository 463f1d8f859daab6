import { EnxameError, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { DeviceId, EntryId, UserId } from '@enxame/shared/ids';
import type { AnnouncedEntry } from '@enxame/shared/tracker/entry';
import { createBatches, type Batches } from './batches.js';
import { createCatalogueDraft, type CatalogueDraft } from './catalogue-draft.js';
import type { AllEntries } from './all-entries.js';
import type { CatalogueStore } from './catalogue-store.js';
import type { PersonRecord } from './person.js';
import type { StoredEntry } from './stored-entry.js';
import { unhurried, type Turns } from './turns.js';

/** A tenth of what a tracker is made for: room for a collector, and for nine more. */
export const maxEntriesPerUser = 100_000;
/** Of those for chosen people: they are looked through one by one, by each who may see them. */
export const maxRestrictedPerUser = 5000;
/** A user signs devices freely, so the list of those that announced one entry needs an end. */
export const maxDevicesPerEntry = 16;

export interface RefusedEntry {
  readonly id: EntryId;
  readonly error: ErrorInfo;
}

/** Changes of catalogues: on disk first, then visible. */
export interface Catalogue {
  /** Names the entries that break a rule (`entry-not-yours`, `catalogue-full`); the others are in, on disk. */
  announce(owner: PersonRecord, deviceId: DeviceId, entries: readonly AnnouncedEntry[]): Promise<RefusedEntry[]>;
  /** Takes the device from the entries; an entry goes with its last device. */
  withdraw(owner: PersonRecord, deviceId: DeviceId, ids: readonly EntryId[]): Promise<void>;
  /** Takes entries away, whichever devices announced them. What is not there is passed over. */
  remove(owner: PersonRecord, ids: readonly EntryId[]): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/** Why a person may not announce this; undefined when they may. */
export type RefuseEntry = (userId: UserId, entry: AnnouncedEntry) => EnxameError | undefined;

type Edit = (draft: CatalogueDraft) => void;

/**
 * The edits of one user run one batch at a time, each on what is on disk, and those that come meanwhile share the next
 * write. A batch whose write fails changes nothing: memory never holds what the disk does not.
 */
export function createCatalogue(deps: {
  readonly entries: AllEntries;
  readonly store: CatalogueStore;
  readonly turns?: Turns;
  readonly refuse?: RefuseEntry | undefined;
  /** For tests; otherwise `maxEntriesPerUser`. */
  readonly maxEntries?: number;
}): Catalogue {
  const { entries, store, turns = unhurried, maxEntries = maxEntriesPerUser } = deps;
  const batchesOf = new Map<UserId, Batches<Edit>>();
  /** Ids that a batch is about to write: taken, though the index does not know them yet. */
  const claims = new Map<EntryId, UserId>();

  const isOthers = (id: EntryId, owner: PersonRecord): boolean =>
    (entries.ownerOf(id)?.id ?? claims.get(id) ?? owner.id) !== owner.id;

  async function runBatch(owner: PersonRecord, edits: readonly Edit[]): Promise<void> {
    const turn = turns.begin();
    const draft = createCatalogueDraft({
      size: entries.countOf(owner),
      restricted: entries.countRestricted(owner),
      has: (id) => entries.ownerOf(id) === owner,
      get: (id) => (entries.ownerOf(id) === owner ? entries.get(id)?.entry : undefined),
    });
    const claimed: EntryId[] = [];
    try {
      for (const edit of edits) {
        edit(draft);
        // Before others run: of two who announce one id the first has it.
        for (const id of draft.takeTouchedIds()) {
          claims.set(id, owner.id);
          claimed.push(id);
        }
        if (turn.isDue()) await turn.next();
      }
      const change = draft.toChange();
      if (change.put.length === 0 && change.remove.length === 0) return;
      await store.commit(owner.id, change);
      await entries.apply(owner, change);
    } finally {
      for (const id of claimed) claims.delete(id);
    }
  }

  function edit(owner: PersonRecord, change: Edit): Promise<void> {
    let batches = batchesOf.get(owner.id);
    if (!batches) {
      batches = createBatches((edits: readonly Edit[]) => runBatch(owner, edits));
      batchesOf.set(owner.id, batches);
    }
    return batches.add(change);
  }

  function announceOne(draft: CatalogueDraft, owner: PersonRecord, entry: StoredEntry): EnxameError | undefined {
    if (isOthers(entry.id, owner)) return new EnxameError('entry-not-yours');
    const refusal = deps.refuse?.(owner.id, entry);
    if (refusal) return refusal;
    const known = draft.get(entry.id);
    if (!known && draft.size >= maxEntries) return new EnxameError('catalogue-full', { max: maxEntries });
    if (entry.audience && !known?.audience && draft.restricted >= maxRestrictedPerUser) {
      return new EnxameError('catalogue-full', { max: maxRestrictedPerUser });
    }
    const next = known ? joinDevices(known, entry) : entry;
    if (!known || !isSameEntry(known, next)) draft.put(next);
    return undefined;
  }

  return {
    announce: async (owner, deviceId, announced) => {
      const refused: RefusedEntry[] = [];
      await edit(owner, (draft) => {
        for (const entry of announced) {
          const error = announceOne(draft, owner, { ...entry, devices: [deviceId] });
          if (error) refused.push({ id: entry.id, error: error.toJSON() });
        }
      });
      return refused;
    },
    withdraw: (owner, deviceId, ids) =>
      edit(owner, (draft) => {
        for (const id of ids) {
          const known = draft.get(id);
          if (!known?.devices.includes(deviceId)) continue;
          const devices = known.devices.filter((other) => other !== deviceId);
          if (devices.length > 0) draft.put({ ...known, devices });
          else draft.remove(id);
        }
      }),
    remove: (owner, ids) =>
      edit(owner, (draft) => {
        for (const id of ids) if (draft.get(id)) draft.remove(id);
      }),
    close: async () => {
      await Promise.all([...batchesOf.values()].map((batches) => batches.idle()));
    },
  };
}

/** The newest announcement counts. Other devices stay with the entry only while they have the same content. */
function joinDevices(known: StoredEntry, announced: StoredEntry): StoredEntry {
  if (known.contentId !== announced.contentId) return announced;
  const devices = [...new Set([...known.devices, ...announced.devices])].slice(-maxDevicesPerEntry);
  return { ...announced, devices };
}

function isSameEntry(left: StoredEntry, right: StoredEntry): boolean {
  return (
    left.contentId === right.contentId &&
    left.name === right.name &&
    left.size === right.size &&
    left.sha256 === right.sha256 &&
    left.addedAt === right.addedAt &&
    left.audience?.join() === right.audience?.join() &&
    left.collection?.files === right.collection?.files &&
    left.collection?.documentBytes === right.collection?.documentBytes &&
    left.devices.join() === right.devices.join()
  );
}
