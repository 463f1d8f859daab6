import { entryIdSchema, type ContentId, type DeviceId, type EntryId, type UserId } from '@enxame/shared/ids';
import type { CataloguePage, CatalogueQuery, Window } from '@enxame/shared/tracker/catalogue-query';
import type { CatalogueRow } from '@enxame/shared/tracker/entry';
import { toCatalogueRecord, toCatalogueRow, type CatalogueRecord } from './catalogue-record.js';
import { toContentRow } from './content-row.js';
import type { CatalogueChange } from './catalogue-store.js';
import type { CatalogueListener } from './catalogue-listener.js';
import { createCatalogueViews, type CatalogueViews } from './catalogue-views.js';
import { fieldsAt, type EntryColumns } from './entry-columns.js';
import { toEntryFields } from './entry-fields.js';
import { EntryTable } from './entry-table.js';
import type { PersonRecord } from './person.js';
import type { StoredEntry } from './stored-entry.js';
import type { Turns } from './turns.js';

export interface ListedPage extends CataloguePage {
  /** Null when nothing is behind it. */
  readonly next: string | null;
}

export interface CatalogueIndex {
  readonly views: CatalogueViews;
  readonly size: number;
  get(id: EntryId): CatalogueRecord | undefined;
  ownerOf(id: EntryId): PersonRecord | undefined;
  /** The entry with this id, or any entry of the content with it. */
  find(id: EntryId | ContentId): CatalogueRecord | undefined;
  /** All entries of a content. */
  entriesOf(contentId: ContentId): CatalogueRecord[];
  recordOf(row: number): CatalogueRecord;
  page(query: CatalogueQuery, window: Window): CataloguePage;
  /** A page and where it ended; with a cursor, the page behind it. Throws `bad-request` when that is no such cursor. */
  list(query: CatalogueQuery, window: Window, cursor?: string): ListedPage;
  /** How a row looks in a result. */
  show(row: number, byContent: boolean): CatalogueRow;
  countOf(owner: PersonRecord): number;
  ownedBy(userId: UserId): Iterable<CatalogueRecord>;
  /** The rows that a device announced; good until the next change. */
  rowsOfDevice(deviceId: DeviceId): Uint32Array;
  readonly table: EntryTable;
  hasContent(contentId: ContentId): boolean;
  /** The devices that can serve the content now. */
  sourcesOf(contentId: ContentId): Iterable<DeviceId>;
  /** Whether a device announced an entry with the content. */
  isAnnouncedBy(contentId: ContentId, deviceId: DeviceId): boolean;
  /** What is on disk when the tracker starts. Nobody is told. */
  load(owner: PersonRecord, columns: EntryColumns): void;
  /** Makes the index what is on disk now; in turns, if it is much. */
  apply(owner: PersonRecord, change: CatalogueChange): Promise<void>;
  /** A device that is online is a source of all that it announced, at once; the counts that are shown follow in turns. */
  setDeviceOnline(deviceId: DeviceId, online: boolean): void;
  /** The holders of these contents are others now; the counts that are shown follow in turns. */
  holdersChanged(contentIds: readonly ContentId[]): void;
  /** Resolves when no count is out of date. */
  settled(): Promise<void>;
}

/**
 * The whole catalogue in memory. Knows nothing of disks and sessions. Every change keeps the order: out of the views,
 * changed, into the views. Counts of sources are always counted anew from who is online, so that no order of changes
 * can make them drift.
 */
export function createCatalogueIndex(deps: {
  readonly listener: CatalogueListener;
  readonly turns: Turns;
  readonly hashSeed: number;
  /** For tests; otherwise `defaultNarrowRows`. */
  readonly narrowRows?: number | undefined;
  /** Devices that have all of a content without an entry for it. */
  readonly holders: (contentId: ContentId) => Iterable<DeviceId>;
  readonly onInternal: (error: unknown) => void;
}): CatalogueIndex {
  const { listener, turns } = deps;
  const table = new EntryTable(deps.hashSeed);
  const views = createCatalogueViews(table, deps.narrowRows);
  /** Whose entries each device announced. A device has one owner, unless a person signs another one's device. */
  const ownersOf = new Map<DeviceId, Map<number, number>>();
  const devicesOnline = new Set<DeviceId>();
  let settling = Promise.resolve();

  function countDevices(row: number, by: 1 | -1): void {
    const owner = table.ownerNumberOf(row);
    for (const deviceId of table.devicesOf(row)) {
      const owners = ownersOf.get(deviceId) ?? new Map<number, number>();
      const count = (owners.get(owner) ?? 0) + by;
      if (count > 0) ownersOf.set(deviceId, owners.set(owner, count));
      else if (owners.delete(owner) && owners.size === 0) ownersOf.delete(deviceId);
    }
  }

  function onlineSources(content: number): Set<DeviceId> {
    const devices = new Set<DeviceId>();
    for (const row of table.rowsOfContent(content)) {
      for (const deviceId of table.devicesOf(row)) if (devicesOnline.has(deviceId)) devices.add(deviceId);
    }
    for (const deviceId of deps.holders(table.contentIdOf(content)))
      if (devicesOnline.has(deviceId)) devices.add(deviceId);
    return devices;
  }

  /** Counts the sources of a content that an entry has. */
  function refreshSources(content: number): void {
    const sources = onlineSources(content).size;
    if (sources === table.sourcesOf(content)) return;
    const rows = [...table.rowsOfContent(content)];
    views.setSources(content, rows, sources);
    listener.rowsTouched(rows);
    listener.sourcesChanged(table.contentIdOf(content));
  }

  function put(entry: StoredEntry, owner: PersonRecord, dirty: Set<ContentId>): void {
    let row = table.find(entry.id);
    if (row === -1 || table.nameOf(row) !== entry.name) listener.entryCame(entry.id);
    if (row === -1) row = table.insert(toEntryFields(entry), owner);
    else {
      dirty.add(table.contentIdOf(table.contentOf(row)));
      views.delete(row);
      countDevices(row, -1);
      table.replace(row, toEntryFields(entry));
    }
    countDevices(row, 1);
    views.insert(row);
    dirty.add(entry.contentId);
    listener.rowsTouched([row]);
  }

  function remove(row: number, dirty: Set<ContentId>): void {
    dirty.add(table.contentIdOf(table.contentOf(row)));
    views.delete(row);
    countDevices(row, -1);
    table.remove(row);
    listener.rowsTouched([row]);
  }

  function refreshAll(dirty: Set<ContentId>): void {
    listener.contentsTouched(dirty);
    for (const contentId of dirty) {
      const content = table.findContent(contentId);
      if (content === -1) listener.sourcesChanged(contentId);
      else refreshSources(content);
    }
    dirty.clear();
  }

  /** Two documents claim an id: the one that was read first has it. What is in the table before it goes in, too. */
  function loadOneByOne(owner: PersonRecord, columns: EntryColumns, from: number, before: Uint32Array): void {
    for (const row of before.subarray(0, from)) views.insert(row);
    for (let index = from; index < columns.count; index++) {
      const fields = fieldsAt(columns, index);
      if (table.find(fields.id) !== -1) continue;
      const row = table.insert(fields, owner);
      countDevices(row, 1);
      views.insert(row);
    }
  }

  async function refreshHolders(contentIds: readonly ContentId[]): Promise<void> {
    const turn = turns.begin();
    for (const contentId of contentIds) {
      const content = table.findContent(contentId);
      if (content !== -1) refreshSources(content);
      if (turn.isDue()) await turn.next();
    }
  }

  async function refreshDevice(deviceId: DeviceId): Promise<void> {
    const turn = turns.begin();
    for (const row of rowsOfDevice(deviceId)) {
      // While others ran the row may have gone, or have become another entry's: then this counts once too often.
      if (table.isAlive(row)) refreshSources(table.contentOf(row));
      if (turn.isDue()) await turn.next();
    }
  }

  function rowsOfDevice(deviceId: DeviceId): Uint32Array {
    const rows: number[] = [];
    for (const owner of ownersOf.get(deviceId)?.keys() ?? []) {
      for (const row of table.rowsOfOwner(owner)) if (table.devicesOf(row).includes(deviceId)) rows.push(row);
    }
    return Uint32Array.from(rows);
  }

  const recordOf = (row: number): CatalogueRecord => toCatalogueRecord(table, row);
  const show = (row: number, byContent: boolean): CatalogueRow =>
    byContent ? toContentRow(table, row) : toCatalogueRow(recordOf(row));

  function settle(refreshing: Promise<void>): void {
    settling = Promise.all([settling, refreshing.catch(deps.onInternal)]).then(() => undefined);
  }

  const get = (id: EntryId): CatalogueRecord | undefined => {
    const row = table.find(id);
    return row === -1 ? undefined : recordOf(row);
  };

  return {
    views,
    table,
    get size() {
      return table.size;
    },
    get,
    ownerOf: (id) => {
      const row = table.find(id);
      return row === -1 ? undefined : table.ownerOf(row);
    },
    find: (id) => {
      if (isEntryId(id)) return get(id);
      const content = table.findContent(id);
      return content === -1 ? undefined : recordOf(table.firstOfContent(content));
    },
    entriesOf: (contentId) => {
      const content = table.findContent(contentId);
      return content === -1 ? [] : [...table.rowsOfContent(content)].map(recordOf);
    },
    recordOf,
    show,
    page: (query, window) => {
      const { total, rows } = views.page(query, window);
      return { total, rows: rows.map((row) => show(row, query.group === 'content')) };
    },
    list: (query, { offset, limit }, cursor) => {
      // One more than asked for: whether there is another page.
      const { total, rows } =
        cursor === undefined
          ? views.page(query, { offset, limit: limit + 1 })
          : views.pageBehind(query, cursor, limit + 1);
      const shown = rows.slice(0, limit);
      const last = shown.at(-1);
      return {
        total,
        rows: shown.map((row) => show(row, query.group === 'content')),
        next: rows.length > limit && last !== undefined ? views.cursorAt(query, last) : null,
      };
    },
    countOf: (owner) => table.countOf(owner),
    ownedBy: (userId) => {
      const number = table.owners.findIndex(({ id }) => id === userId);
      return [...table.rowsOfOwner(number)].map(recordOf);
    },
    rowsOfDevice,
    hasContent: (contentId) => table.findContent(contentId) !== -1,
    sourcesOf: (contentId) => {
      const content = table.findContent(contentId);
      return content === -1 ? [] : onlineSources(content);
    },
    isAnnouncedBy: (contentId, deviceId) => {
      const content = table.findContent(contentId);
      if (content === -1) return false;
      for (const row of table.rowsOfContent(content)) if (table.devicesOf(row).includes(deviceId)) return true;
      return false;
    },
    load: (owner, columns) => {
      const rows = new Uint32Array(columns.count);
      for (let index = 0; index < columns.count; index++) {
        const fields = fieldsAt(columns, index);
        if (table.find(fields.id) !== -1) {
          loadOneByOne(owner, columns, index, rows);
          return;
        }
        rows[index] = table.insert(fields, owner);
        countDevices(rows[index] as number, 1);
      }
      views.insertAll(columns, rows);
    },
    apply: async (owner, change) => {
      const dirty = new Set<ContentId>();
      const turn = turns.begin();
      const letOthersRun = async (): Promise<void> => {
        refreshAll(dirty);
        listener.entriesChanged(owner);
        await turn.next();
      };
      for (const id of change.remove) {
        const row = table.find(id);
        if (row !== -1 && table.ownerOf(row) === owner) remove(row, dirty);
        if (turn.isDue()) await letOthersRun();
      }
      for (const entry of change.put) {
        put(entry, owner, dirty);
        if (turn.isDue()) await letOthersRun();
      }
      refreshAll(dirty);
      listener.entriesChanged(owner);
    },
    setDeviceOnline: (deviceId, online) => {
      if (devicesOnline.has(deviceId) === online) return;
      if (online) devicesOnline.add(deviceId);
      else devicesOnline.delete(deviceId);
      settle(refreshDevice(deviceId));
    },
    holdersChanged: (contentIds) => {
      settle(refreshHolders(contentIds));
    },
    settled: () => settling,
  };
}

const isEntryId = (id: EntryId | ContentId): id is EntryId => entryIdSchema.safeParse(id).success;
