import { createHash } from 'node:crypto';
import type { EntryId } from '@enxame/shared/ids';
import { toEntryFingerprint } from '@enxame/shared/tracker/entry-fingerprint';
import type { TrackerSession } from '../tracker/tracker-session.js';
import { createSlices, type Slices } from '../waiting/slices.js';
import { wantedAt, type Wanted } from './announcement.js';
import type { ShareRecord } from './share-record.js';
import type { Shares } from './shares.js';
import type { UntoldChanges } from './untold-changes.js';

/** So many first letters of an id put a hundred thousand of them into groups that are sorted in no time. */
const groupChars = 2;

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * Finds out what the tracker does not know, and what it should not (T12). In slices, and without a second list of
 * everything: a hundred thousand shares are compared at every start.
 */
export async function compareShares(
  shares: Shares,
  session: TrackerSession,
  untold: UntoldChanges,
  signal: AbortSignal,
): Promise<void> {
  const slices = createSlices();
  const { digest, mine } = await digestOf(shares, slices);
  const known = await listKnown(session, digest);
  for (const id of known?.keys() ?? idsOf(mine)) {
    untold.known.add(id);
    if (known) untold.add(id); // it may have what it should not
    if (slices.isOver()) await slices.next();
  }
  for (const record of mine) {
    const { id } = record;
    if (slices.isOver()) await slices.next();
    if (signal.aborted) return;
    // What changed meanwhile has told so itself.
    if (shares.record(id) === record) {
      shares.setAnnounced(id, known ? known.get(id) === fingerprintOf(wantedAt(shares, id)) : true);
    }
    // Another session, maybe another tracker: what one refused, the next may take.
    if (shares.exception(id)?.state === 'refused') shares.setException(id, undefined);
    untold.add(id);
  }
}

/** What the tracker knows of this device, a page at a time; undefined when it is what the digest says. */
async function listKnown(session: TrackerSession, digest: string): Promise<Map<EntryId, string> | undefined> {
  const known = new Map<EntryId, string>();
  for (let after: EntryId | undefined; ;) {
    const page = await session.request('entries:compare', { digest, ...(after && { after }) });
    if (page.same) return undefined;
    for (const { id, fingerprint } of page.known) known.set(id, fingerprint);
    after = page.next;
    if (after === undefined) return known;
  }
}

/** The digest of what should be in the catalogue, and the records that it is of. */
async function digestOf(shares: Shares, slices: Slices): Promise<{ digest: string; mine: ShareRecord[] }> {
  const groups = new Map<string, EntryId[]>();
  for (const { id } of shares.records()) {
    const start = id.slice(0, groupChars);
    const group = groups.get(start);
    if (group) group.push(id);
    else groups.set(start, [id]);
    if (slices.isOver()) await slices.next();
  }
  const hash = createHash('sha256');
  const mine: ShareRecord[] = [];
  for (const start of [...groups.keys()].sort()) {
    for (const id of groups.get(start)?.sort() ?? []) {
      if (slices.isOver()) await slices.next();
      const record = shares.record(id);
      const fingerprint = fingerprintOf(wantedAt(shares, id));
      if (!record || fingerprint === undefined) continue;
      hash.update(`${mine.length > 0 ? '\n' : ''}${id}:${fingerprint}`);
      mine.push(record);
    }
  }
  return { digest: hash.digest('hex'), mine };
}

function* idsOf(records: readonly ShareRecord[]): Generator<EntryId> {
  for (const { id } of records) yield id;
}

/** Undefined when nothing should be known of it now. */
function fingerprintOf(wanted: Wanted): string | undefined {
  return typeof wanted === 'string' ? undefined : toEntryFingerprint(wanted, sha256Hex);
}
