import { createHash } from 'node:crypto';
import type { DeviceId, EntryId } from '@enxame/shared/ids';
import { toEntryFingerprint } from '@enxame/shared/tracker/entry-fingerprint';
import { maxComparedEntries } from '@enxame/shared/tracker/requests';
import type { CatalogueIndex } from './catalogue-index.js';
import { pageRows, type EntryPage } from './entry-page.js';
import type { EntryTable } from './entry-table.js';
import { compareText } from './search-text.js';
import type { RestrictedEntries } from './restricted/restricted-entries.js';
import type { Session } from './session.js';
import type { Turn, Turns } from './turns.js';

export interface KnownEntry {
  readonly id: EntryId;
  readonly fingerprint: string;
}

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Sorted at once, in about a millisecond; more are merged, in turns. */
const sortedAtOnce = 2048;

export interface ComparedPage {
  readonly same: boolean;
  readonly known: KnownEntry[];
  /** Absent on the last page. */
  readonly next?: EntryId;
}

/** Compares what the tracker has of a device with what the device has (T12). */
export interface Comparisons {
  /** `after`: the `next` of the page before. In turns: a hundred thousand entries take half a second the first time. */
  compare(session: Session, digest: string, after: EntryId | undefined): Promise<ComparedPage>;
}

/** What is left of a list after some pages: rows, because a hundred thousand ids would be megabytes for each session. */
interface Rest extends Listed {
  readonly after: EntryId;
  readonly at: number;
}

/** In the order of the ids. An entry for chosen people has no row: -1 is the first of those, -2 the second. */
interface Listed {
  readonly rows: Int32Array;
  readonly restrictedIds: readonly EntryId[];
}

export function createComparisons(
  index: Pick<CatalogueIndex, 'table' | 'rowsOfDevice'>,
  restricted: Pick<RestrictedEntries, 'get' | 'ofDevice'>,
  turns: Turns,
  pageEntries = maxComparedEntries,
): Comparisons {
  const { table } = index;
  const rests = new WeakMap<Session, Rest>();

  /** What the device changes meanwhile may be in it or not. */
  async function list(
    deviceId: DeviceId,
    turn: Turn,
  ): Promise<{ entries: RowOfDevice[]; restrictedIds: readonly EntryId[] }> {
    const entries: RowOfDevice[] = [];
    const restrictedIds: EntryId[] = [];
    for (const { entry } of restricted.ofDevice(deviceId)) {
      const { id } = entry;
      entries.push({ id, row: -restrictedIds.push(id), fingerprint: toEntryFingerprint(entry, sha256Hex) });
    }
    for (const row of index.rowsOfDevice(deviceId)) {
      if (table.isAlive(row)) entries.push({ id: table.idOf(row), row, fingerprint: fingerprintOf(table, row) });
      if (turn.isDue()) await turn.next();
    }
    return { entries: await sortInTurns(entries, turn), restrictedIds };
  }

  /** Between two pages an entry may have gone, or its row have become another one's: undefined then. */
  function look(row: number, restrictedIds: readonly EntryId[], deviceId: DeviceId): KnownEntry | undefined {
    if (row < 0) {
      const entry = restricted.get(restrictedIds[-row - 1] as EntryId)?.entry;
      return entry?.devices.includes(deviceId) === true
        ? { id: entry.id, fingerprint: toEntryFingerprint(entry, sha256Hex) }
        : undefined;
    }
    if (!table.isAlive(row) || !table.devicesOf(row).includes(deviceId)) return undefined;
    return { id: table.idOf(row), fingerprint: fingerprintOf(table, row) };
  }

  function page(session: Session, { rows, restrictedIds }: Listed, from: number): ComparedPage {
    const known: KnownEntry[] = [];
    let at = from;
    for (; at < rows.length && known.length < pageEntries; at++) {
      const entry = look(rows[at] as number, restrictedIds, session.deviceId);
      if (entry) known.push(entry);
    }
    const last = known.at(-1);
    if (at >= rows.length || !last) {
      rests.delete(session);
      return { same: false, known };
    }
    rests.set(session, { after: last.id, rows, restrictedIds, at });
    return { same: false, known, next: last.id };
  }

  return {
    compare: async (session, digest, after) => {
      const rest = rests.get(session);
      if (rest && rest.after === after) return page(session, rest, rest.at);
      const turn = turns.begin();
      const { entries, restrictedIds } = await list(session.deviceId, turn);
      const listed = { rows: Int32Array.from(entries, ({ row }) => row), restrictedIds };
      if (after !== undefined) {
        const from = entries.findIndex(({ id }) => id > after);
        return page(session, listed, from === -1 ? listed.rows.length : from);
      }
      const hash = createHash('sha256');
      for (const [place, { id, fingerprint }] of entries.entries()) {
        hash.update(`${place > 0 ? '\n' : ''}${id}:${fingerprint}`);
        if (turn.isDue()) await turn.next();
      }
      return hash.digest('hex') === digest ? { same: true, known: [] } : page(session, listed, 0);
    },
  };
}

interface RowOfDevice extends KnownEntry {
  readonly row: number;
}

/** Computed once for each announcement, and kept beside it. */
function fingerprintOf(table: EntryTable, row: number): string {
  const page = table.pages[(row / pageRows) | 0] as EntryPage;
  const at = row % pageRows;
  const high = page.fingerprintHigh[at] as number;
  const low = page.fingerprintLow[at] as number;
  if (high !== 0 || low !== 0) return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
  const fingerprint = toEntryFingerprint(table.entryOf(row), sha256Hex);
  page.fingerprintHigh[at] = parseInt(fingerprint.slice(0, 8), 16);
  page.fingerprintLow[at] = parseInt(fingerprint.slice(8), 16);
  return fingerprint;
}

/** By id: all ids have one length, so this is the order of the lines, too. */
async function sortInTurns(entries: RowOfDevice[], turn: Turn): Promise<RowOfDevice[]> {
  let runs: RowOfDevice[][] = [];
  for (let start = 0; start < entries.length; start += sortedAtOnce) {
    runs.push(entries.slice(start, start + sortedAtOnce).sort((left, right) => compareText(left.id, right.id)));
    if (turn.isDue()) await turn.next();
  }
  while (runs.length > 1) {
    const merged: RowOfDevice[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      merged.push(await mergeInTurns(runs[index] ?? [], runs[index + 1] ?? [], turn));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function mergeInTurns(left: RowOfDevice[], right: RowOfDevice[], turn: Turn): Promise<RowOfDevice[]> {
  const merged: RowOfDevice[] = [];
  let fromLeft = 0;
  let fromRight = 0;
  while (fromLeft < left.length || fromRight < right.length) {
    const [a, b] = [left[fromLeft], right[fromRight]];
    const takesLeft = a !== undefined && (b === undefined || a.id <= b.id);
    merged.push((takesLeft ? a : b) as RowOfDevice);
    if (takesLeft) fromLeft++;
    else fromRight++;
    if (merged.length % sortedAtOnce === 0 && turn.isDue()) await turn.next();
  }
  return merged;
}
