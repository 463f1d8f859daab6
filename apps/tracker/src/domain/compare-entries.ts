import { createHash } from 'node:crypto';
import type { DeviceId, EntryId } from '@enxame/shared/ids';
import { toEntryFingerprint } from '@enxame/shared/tracker/entry-fingerprint';
import type { CatalogueIndex } from './catalogue-index.js';
import { pageRows, type EntryPage } from './entry-page.js';
import type { EntryTable } from './entry-table.js';
import { compareText } from './search-text.js';
import type { Turn, Turns } from './turns.js';

export interface KnownEntry {
  readonly id: EntryId;
  readonly fingerprint: string;
}

/** Sorted at once, in about a millisecond; more are merged, in turns. */
const sortedAtOnce = 2048;

/**
 * What the tracker has of a device, and whether its digest is the device's own (T12). In turns: a hundred thousand
 * entries take half a second the first time. What the device changes meanwhile may be in it or not.
 */
export async function compareEntries(
  index: Pick<CatalogueIndex, 'table' | 'rowsOfDevice'>,
  deviceId: DeviceId,
  digest: string,
  turns: Turns,
): Promise<{ same: boolean; known: KnownEntry[] }> {
  const turn = turns.begin();
  const entries: KnownEntry[] = [];
  for (const row of index.rowsOfDevice(deviceId)) {
    if (index.table.isAlive(row))
      entries.push({ id: index.table.idOf(row), fingerprint: fingerprintOf(index.table, row) });
    if (turn.isDue()) await turn.next();
  }
  const known = await sortInTurns(entries, turn);
  const hash = createHash('sha256');
  for (const [place, { id, fingerprint }] of known.entries()) {
    hash.update(`${place > 0 ? '\n' : ''}${id}:${fingerprint}`);
    if (turn.isDue()) await turn.next();
  }
  const same = hash.digest('hex') === digest;
  return { same, known: same ? [] : known };
}

/** Computed once for each announcement, and kept beside it. */
function fingerprintOf(table: EntryTable, row: number): string {
  const page = table.pages[(row / pageRows) | 0] as EntryPage;
  const at = row % pageRows;
  const high = page.fingerprintHigh[at] as number;
  const low = page.fingerprintLow[at] as number;
  if (high !== 0 || low !== 0) return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
  const fingerprint = toEntryFingerprint(table.entryOf(row), (text) => createHash('sha256').update(text).digest('hex'));
  page.fingerprintHigh[at] = parseInt(fingerprint.slice(0, 8), 16);
  page.fingerprintLow[at] = parseInt(fingerprint.slice(8), 16);
  return fingerprint;
}

/** By id: all ids have one length, so this is the order of the lines, too. */
async function sortInTurns(entries: KnownEntry[], turn: Turn): Promise<KnownEntry[]> {
  let runs: KnownEntry[][] = [];
  for (let start = 0; start < entries.length; start += sortedAtOnce) {
    runs.push(entries.slice(start, start + sortedAtOnce).sort((left, right) => compareText(left.id, right.id)));
    if (turn.isDue()) await turn.next();
  }
  while (runs.length > 1) {
    const merged: KnownEntry[][] = [];
    for (let index = 0; index < runs.length; index += 2) {
      merged.push(await mergeInTurns(runs[index] ?? [], runs[index + 1] ?? [], turn));
    }
    runs = merged;
  }
  return runs[0] ?? [];
}

async function mergeInTurns(left: KnownEntry[], right: KnownEntry[], turn: Turn): Promise<KnownEntry[]> {
  const merged: KnownEntry[] = [];
  let fromLeft = 0;
  let fromRight = 0;
  while (fromLeft < left.length || fromRight < right.length) {
    const [a, b] = [left[fromLeft], right[fromRight]];
    const takesLeft = a !== undefined && (b === undefined || a.id <= b.id);
    merged.push((takesLeft ? a : b) as KnownEntry);
    if (takesLeft) fromLeft++;
    else fromRight++;
    if (merged.length % sortedAtOnce === 0 && turn.isDue()) await turn.next();
  }
  return merged;
}
