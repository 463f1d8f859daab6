import type { CatalogueFilter } from './catalogue-filter.js';
import { hasSha256, isAlive, pageRows, sha256Bytes, type EntryPage } from './entry-page.js';
import type { EntryTable } from './entry-table.js';

/** How well one word of a search fits an entry; of several words it is the sum. 0 is no match. */
export const wordScores = { owner: 1, beginning: 2, whole: 3 } as const;
/** A search without words, and one by hash. */
export const plainScore = 1;
export const hashScore = 255;

/** What a filter asks for besides words, as numbers: it is compared with a million rows. */
export interface FieldTest {
  readonly asksNothing: boolean;
  readonly asksSize: boolean;
  readonly asksDate: boolean;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly addedAfter: number;
  readonly addedBefore: number;
  /** -1: any. */
  readonly type: number;
  /** The owner's number; -1: any, -2: nobody's. */
  readonly owner: number;
  /** Numbers of the owners whose entries are left out; undefined: nobody's. */
  readonly except: ReadonlySet<number> | undefined;
  readonly available: boolean;
}

export function createFieldTest(table: EntryTable, filter: CatalogueFilter): FieldTest {
  const { minBytes, maxBytes, addedAfter, addedBefore, available } = filter;
  const type = filter.type ?? -1;
  const person = filter.owner === undefined ? -1 : table.owners.findIndex(({ id }) => id === filter.owner);
  const owner = filter.owner !== undefined && person === -1 ? -2 : person;
  const { owners } = table;
  const except =
    filter.except.length === 0
      ? undefined
      : new Set(filter.except.map((userId) => owners.findIndex(({ id }) => id === userId)));
  const asksSize = minBytes > 0 || maxBytes < Infinity;
  const asksDate = addedAfter > 0 || addedBefore < Infinity;
  const asksNothing = !asksSize && !asksDate && type === -1 && owner === -1 && !available && !except;
  return {
    asksNothing,
    asksSize,
    asksDate,
    minBytes,
    maxBytes,
    addedAfter,
    addedBefore,
    type,
    owner,
    except,
    available,
  };
}

/** Whether a row, in its page, has what the test asks for. */
export function passesFields(test: FieldTest, page: EntryPage, at: number): boolean {
  if (((page.flags[at] as number) & isAlive) === 0) return false;
  if (test.asksNothing) return true;
  if (test.type !== -1 && page.type[at] !== test.type) return false;
  if (test.owner !== -1 && page.owner[at] !== test.owner) return false;
  if (test.except?.has(page.owner[at] as number) === true) return false;
  // Only what is asked for: each column is another place in memory.
  if (test.asksSize) {
    const size = page.size[at] as number;
    if (size < test.minBytes || size > test.maxBytes) return false;
  }
  if (test.asksDate) {
    const addedAt = page.addedAt[at] as number;
    if (addedAt < test.addedAfter || addedAt > test.addedBefore) return false;
  }
  return !test.available || (page.sources[at] as number) > 0;
}

/** How well the words of a name, and those of its owner's name, fit one word of a search. */
export function scoreWord(word: string, nameWords: readonly string[], ownerWords: readonly string[]): number {
  let score = 0;
  for (const candidate of nameWords) {
    if (candidate === word) return wordScores.whole;
    if (candidate.startsWith(word)) score = wordScores.beginning;
  }
  if (score > 0) return score;
  return ownerWords.some((candidate) => candidate.startsWith(word)) ? wordScores.owner : 0;
}

/** The score of several words: 0 as soon as one of them is nowhere. */
export function scoreWords(
  words: readonly string[],
  nameWords: readonly string[],
  ownerWords: readonly string[],
): number {
  let sum = 0;
  for (const word of words) {
    const score = scoreWord(word, nameWords, ownerWords);
    if (score === 0) return 0;
    sum += score;
  }
  return sum;
}

export function hasHash(
  table: EntryTable,
  filter: CatalogueFilter,
  row: number,
  sha256: Uint8Array | undefined,
): boolean {
  if (filter.contentId !== undefined) return table.contentOf(row) === table.findContent(filter.contentId);
  return sha256 !== undefined && isSha256Of(table.pages[(row / pageRows) | 0] as EntryPage, row % pageRows, sha256);
}

export function isSha256Of(page: EntryPage, at: number, sha256: Uint8Array): boolean {
  if (((page.flags[at] as number) & hasSha256) === 0) return false;
  const start = at * sha256Bytes;
  for (let index = 0; index < sha256Bytes; index++) if (page.sha256[start + index] !== sha256[index]) return false;
  return true;
}
