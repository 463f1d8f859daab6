import { fromBase32, toBase32 } from '@enxame/shared/content/base32';
import type { ContentId, DeviceId, EntryId } from '@enxame/shared/ids';
import type { CollectionSummary } from '@enxame/shared/tracker/entry';
import { DeviceSets } from './device-sets.js';
import type { EntryFields } from './entry-fields.js';
import {
  createEntryPage,
  hasSha256,
  isAlive,
  isShared,
  mostSources,
  pageRows,
  setFlag,
  sha256Bytes,
  type EntryPage,
} from './entry-page.js';
import { toHex } from './hex-bytes.js';
import { KeyTable } from './key-table.js';
import { PagedNumbers } from './paged-numbers.js';
import type { PersonRecord } from './person.js';
import type { StoredEntry } from './stored-entry.js';

const entryIdBytes = 16;
const contentIdBytes = 32;
const end = -1;

/**
 * All entries, as rows of columns: a million of them take some 400 MB less than objects would, and the garbage
 * collector has nothing to look at. Owns rows, contents and the chains between them; knows nothing of searching.
 * A row keeps its number until it is removed, and the number is used again then.
 */
export class EntryTable {
  readonly #ids: KeyTable;
  readonly #contents: KeyTable;
  readonly #pages: EntryPage[] = [];
  readonly #deviceSets = new DeviceSets();
  readonly #owners: PersonRecord[] = [];
  readonly #ownerNumbers = new Map<PersonRecord, number>();
  readonly #firstOfOwner: number[] = [];
  readonly #countOfOwner: number[] = [];
  /** The first row of a content, plus one. */
  readonly #firstOfContent = new PagedNumbers();
  readonly #sources = new PagedNumbers();
  /** Folders are few. */
  readonly #collections = new Map<number, CollectionSummary>();

  constructor(hashSeed: number) {
    this.#ids = new KeyTable(entryIdBytes, hashSeed);
    this.#contents = new KeyTable(contentIdBytes, hashSeed);
  }

  get size(): number {
    return this.#ids.size;
  }

  /** One more than the highest row. */
  get rows(): number {
    return this.#ids.rows;
  }

  get pages(): readonly EntryPage[] {
    return this.#pages;
  }

  /** The row of an entry, or -1. */
  find(id: EntryId | Uint8Array): number {
    return this.#ids.find(typeof id === 'string' ? fromBase32(id) : id);
  }

  isAlive(row: number): boolean {
    return ((this.#pages[(row / pageRows) | 0]?.flags[row % pageRows] ?? 0) & isAlive) !== 0;
  }

  insert(entry: EntryFields, owner: PersonRecord): number {
    const row = this.#ids.add(entry.id);
    while (this.#pages.length * pageRows <= row) this.#pages.push(createEntryPage());
    const page = this.#page(row);
    const at = row % pageRows;
    page.flags[at] = isAlive;
    const number = this.#numberOf(owner);
    page.owner[at] = number;
    const first = this.#firstOfOwner[number] ?? end;
    page.nextOfOwner[at] = first;
    page.previousOfOwner[at] = end;
    if (first !== end) this.#page(first).previousOfOwner[first % pageRows] = row;
    this.#firstOfOwner[number] = row;
    this.#countOfOwner[number] = (this.#countOfOwner[number] ?? 0) + 1;
    this.#fill(row, entry);
    return row;
  }

  replace(row: number, entry: EntryFields): void {
    this.#clear(row);
    this.#fill(row, entry);
  }

  remove(row: number): void {
    this.#clear(row);
    const page = this.#page(row);
    const at = row % pageRows;
    const number = page.owner[at] as number;
    const next = page.nextOfOwner[at] as number;
    const previous = page.previousOfOwner[at] as number;
    if (next !== end) this.#page(next).previousOfOwner[next % pageRows] = previous;
    if (previous === end) this.#firstOfOwner[number] = next;
    else this.#page(previous).nextOfOwner[previous % pageRows] = next;
    this.#countOfOwner[number] = (this.#countOfOwner[number] ?? 1) - 1;
    page.flags[at] = 0;
    page.names[at] = '';
    page.sortKeys[at] = '';
    this.#ids.delete(row);
  }

  entryOf(row: number): StoredEntry {
    const page = this.#page(row);
    const at = row % pageRows;
    const collection = this.#collections.get(row);
    const isHashed = ((page.flags[at] as number) & hasSha256) !== 0;
    return {
      id: this.idOf(row),
      contentId: this.contentIdOf(page.content[at] as number),
      name: page.names[at] as string,
      size: page.size[at] as number,
      ...(collection && { collection }),
      sha256: isHashed ? toHex(page.sha256, at * sha256Bytes, sha256Bytes) : null,
      addedAt: page.addedAt[at] as number,
      devices: [...this.devicesOf(row)],
    };
  }

  idOf(row: number): EntryId {
    return toBase32(this.#ids.keyOf(row)) as EntryId;
  }

  /** The first six bytes of the id, as a number. */
  idLead(row: number): number {
    return this.#ids.leadOf(row);
  }

  compareIdWith(row: number, id: Uint8Array): number {
    return this.#ids.compareWith(row, id);
  }

  compareIds(left: number, right: number): number {
    return this.#ids.compare(left, right);
  }

  nameOf(row: number): string {
    return this.#page(row).names[row % pageRows] as string;
  }

  sortKeyOf(row: number): string {
    return this.#page(row).sortKeys[row % pageRows] as string;
  }

  sizeOf(row: number): number {
    return this.#page(row).size[row % pageRows] as number;
  }

  addedAtOf(row: number): number {
    return this.#page(row).addedAt[row % pageRows] as number;
  }

  devicesOf(row: number): readonly DeviceId[] {
    return this.#deviceSets.get(this.#page(row).devices[row % pageRows] as number);
  }

  /** The number of an owner, which only means something here; -1 for who has no entry. */
  numberOfOwner(owner: PersonRecord): number {
    return this.#ownerNumbers.get(owner) ?? -1;
  }

  get owners(): readonly PersonRecord[] {
    return this.#owners;
  }

  ownerNumberOf(row: number): number {
    return this.#page(row).owner[row % pageRows] as number;
  }

  ownerOf(row: number): PersonRecord {
    return this.#owners[this.ownerNumberOf(row)] as PersonRecord;
  }

  countOf(owner: PersonRecord): number {
    return this.#countOfOwner[this.numberOfOwner(owner)] ?? 0;
  }

  /** The table must not change meanwhile. */
  *rowsOfOwner(number: number): Generator<number> {
    for (let row = this.#firstOfOwner[number] ?? end; row !== end;) {
      yield row;
      row = this.#page(row).nextOfOwner[row % pageRows] as number;
    }
  }

  /** The number of a content that an entry has, or -1. */
  findContent(contentId: ContentId): number {
    return this.#contents.find(fromBase32(contentId));
  }

  /** One more than the highest number of a content. */
  get contents(): number {
    return this.#contents.rows;
  }

  contentOf(row: number): number {
    return this.#page(row).content[row % pageRows] as number;
  }

  contentIdOf(content: number): ContentId {
    return toBase32(this.#contents.keyOf(content)) as ContentId;
  }

  /** How many devices can serve the content now, as it is shown. */
  sourcesOf(content: number): number {
    return this.#sources.get(content);
  }

  setSources(content: number, sources: number): void {
    this.#sources.set(content, sources);
    for (let row = this.firstOfContent(content); row !== end; row = this.nextOfContent(row)) {
      this.#page(row).sources[row % pageRows] = Math.min(sources, mostSources);
    }
  }

  firstOfContent(content: number): number {
    return this.#firstOfContent.get(content) - 1;
  }

  /** The table must not change meanwhile. */
  *rowsOfContent(content: number): Generator<number> {
    for (let row = this.firstOfContent(content); row !== end; row = this.nextOfContent(row)) yield row;
  }

  /** The next entry with the same content, or -1. */
  nextOfContent(row: number): number {
    return this.#page(row).nextOfContent[row % pageRows] as number;
  }

  #page(row: number): EntryPage {
    return this.#pages[(row / pageRows) | 0] as EntryPage;
  }

  #numberOf(owner: PersonRecord): number {
    let number = this.#ownerNumbers.get(owner);
    if (number === undefined) {
      number = this.#owners.push(owner) - 1;
      this.#ownerNumbers.set(owner, number);
    }
    return number;
  }

  /** Writes what an announcement can change, and enters the row under its content. */
  #fill(row: number, entry: EntryFields): void {
    const page = this.#page(row);
    const at = row % pageRows;
    page.names[at] = entry.name;
    page.sortKeys[at] = entry.sortKey;
    page.size[at] = entry.size;
    page.addedAt[at] = entry.addedAt;
    page.type[at] = entry.type;
    page.devices[at] = this.#deviceSets.take(entry.devices);
    page.flags[at] = entry.sha256 ? isAlive | hasSha256 : isAlive;
    page.fingerprintHigh[at] = 0;
    page.fingerprintLow[at] = 0;
    if (entry.sha256) page.sha256.set(entry.sha256, at * sha256Bytes);
    if (entry.collection) this.#collections.set(row, entry.collection);
    const content = this.#contents.add(entry.contentId);
    const next = this.firstOfContent(content);
    page.content[at] = content;
    page.nextOfContent[at] = next;
    page.previousOfContent[at] = end;
    if (next !== end) {
      this.#page(next).previousOfContent[next % pageRows] = row;
      for (const other of [row, next]) setFlag(this.#page(other), other % pageRows, isShared);
    } else this.#sources.set(content, 0);
    page.sources[at] = Math.min(this.sourcesOf(content), mostSources);
    this.#firstOfContent.set(content, row + 1);
  }

  #clear(row: number): void {
    const page = this.#page(row);
    const at = row % pageRows;
    this.#deviceSets.release(page.devices[at] as number);
    this.#collections.delete(row);
    const content = page.content[at] as number;
    const next = page.nextOfContent[at] as number;
    const previous = page.previousOfContent[at] as number;
    if (next !== end) this.#page(next).previousOfContent[next % pageRows] = previous;
    if (previous !== end) this.#page(previous).nextOfContent[previous % pageRows] = next;
    else {
      this.#firstOfContent.set(content, next + 1);
      if (next === end) this.#contents.delete(content);
    }
  }
}
