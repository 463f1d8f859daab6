import type { DeviceId } from '@enxame/shared/ids';
import type { CollectionSummary } from '@enxame/shared/tracker/entry';
import { toEntryFields, type EntryFields } from './entry-fields.js';
import { sha256Bytes } from './entry-page.js';
import { toNameWords } from './search-words.js';
import type { StoredEntry } from './stored-entry.js';

const entryIdBytes = 16;
const contentIdBytes = 32;

/**
 * The entries of one catalogue, ready for the table and the index of words: plain arrays, so that another thread can make
 * them while this one puts in those before.
 */
export interface EntryColumns {
  readonly count: number;
  readonly ids: Uint8Array;
  readonly contentIds: Uint8Array;
  readonly sha256: Uint8Array;
  readonly isHashed: Uint8Array;
  readonly names: readonly string[];
  readonly sortKeys: readonly string[];
  readonly sizes: Float64Array;
  readonly addedAt: Float64Array;
  readonly types: Uint8Array;
  /** Lists of devices, and the index of each entry's. */
  readonly deviceLists: readonly (readonly DeviceId[])[];
  readonly devices: Uint32Array;
  readonly collections: ReadonlyMap<number, CollectionSummary>;
  /** The words of all names, each once; the entries of word `w` are `wordEntries[wordStarts[w]]` up to the next start. */
  readonly words: readonly string[];
  readonly wordStarts: Uint32Array;
  readonly wordEntries: Uint32Array;
}

export function toEntryColumns(entries: readonly StoredEntry[]): EntryColumns {
  const count = entries.length;
  const columns = {
    count,
    ids: new Uint8Array(count * entryIdBytes),
    contentIds: new Uint8Array(count * contentIdBytes),
    sha256: new Uint8Array(count * sha256Bytes),
    isHashed: new Uint8Array(count),
    names: [] as string[],
    sortKeys: [] as string[],
    sizes: new Float64Array(count),
    addedAt: new Float64Array(count),
    types: new Uint8Array(count),
    deviceLists: [] as (readonly DeviceId[])[],
    devices: new Uint32Array(count),
    collections: new Map<number, CollectionSummary>(),
  };
  const listNumbers = new Map<string, number>();
  const entriesOf = new Map<string, number[]>();
  for (const [index, entry] of entries.entries()) {
    const fields = toEntryFields(entry);
    columns.ids.set(fields.id, index * entryIdBytes);
    columns.contentIds.set(fields.contentId, index * contentIdBytes);
    if (fields.sha256) columns.sha256.set(fields.sha256, index * sha256Bytes);
    columns.isHashed[index] = fields.sha256 ? 1 : 0;
    columns.names.push(fields.name);
    columns.sortKeys.push(fields.sortKey);
    columns.sizes[index] = fields.size;
    columns.addedAt[index] = fields.addedAt;
    columns.types[index] = fields.type;
    if (fields.collection) columns.collections.set(index, fields.collection);
    const listKey = fields.devices.join(' ');
    let list = listNumbers.get(listKey);
    if (list === undefined) {
      list = columns.deviceLists.push(fields.devices) - 1;
      listNumbers.set(listKey, list);
    }
    columns.devices[index] = list;
    for (const word of toNameWords(fields.name)) {
      const known = entriesOf.get(word);
      if (known) known.push(index);
      else entriesOf.set(word, [index]);
    }
  }
  return { ...columns, ...toWordColumns(entriesOf) };
}

function toWordColumns(
  entriesOf: ReadonlyMap<string, readonly number[]>,
): Pick<EntryColumns, 'words' | 'wordStarts' | 'wordEntries'> {
  const wordStarts = new Uint32Array(entriesOf.size + 1);
  const words: string[] = [];
  let total = 0;
  for (const [word, entries] of entriesOf) {
    words.push(word);
    total += entries.length;
    wordStarts[words.length] = total;
  }
  const wordEntries = new Uint32Array(total);
  let at = 0;
  for (const entries of entriesOf.values()) for (const entry of entries) wordEntries[at++] = entry;
  return { words, wordStarts, wordEntries };
}

export function fieldsAt(columns: EntryColumns, index: number): EntryFields {
  const part = (bytes: Uint8Array, width: number): Uint8Array => bytes.subarray(index * width, (index + 1) * width);
  return {
    id: part(columns.ids, entryIdBytes),
    contentId: part(columns.contentIds, contentIdBytes),
    sha256: columns.isHashed[index] === 1 ? part(columns.sha256, sha256Bytes) : undefined,
    name: columns.names[index] as string,
    sortKey: columns.sortKeys[index] as string,
    size: columns.sizes[index] as number,
    addedAt: columns.addedAt[index] as number,
    type: columns.types[index] as number,
    collection: columns.collections.get(index),
    devices: columns.deviceLists[columns.devices[index] as number] as readonly DeviceId[],
  };
}

/** What goes to another thread without being copied. */
export function buffersOf(columns: EntryColumns): ArrayBuffer[] {
  const { ids, contentIds, sha256, isHashed, sizes, addedAt, types, devices, wordStarts, wordEntries } = columns;
  const arrays = [ids, contentIds, sha256, isHashed, sizes, addedAt, types, devices, wordStarts, wordEntries];
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}
