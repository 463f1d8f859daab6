import type { CatalogueFilter } from './catalogue-filter.js';
import { hasSha256, isAlive, pageRows, sha256Bytes, type EntryPage } from './entry-page.js';
import type { EntryTable } from './entry-table.js';

/** How well one word of a search fits an entry; of several words it is the sum. 0 is no match. */
export const wordScores = { owner: 1, beginning: 2, whole: 3 } as const;
/** A search without words, and one by hash. */
export const plainScore = 1;
export const hashScore = 255;

/** Whether a row, in its page, has what a filter asks for besides words. */
export function passesFields(table: EntryTable, filter: CatalogueFilter, page: EntryPage, at: number): boolean {
  const size = page.size[at] as number;
  const addedAt = page.addedAt[at] as number;
  return (
    ((page.flags[at] as number) & isAlive) !== 0 &&
    size >= filter.minBytes &&
    size <= filter.maxBytes &&
    (filter.type === undefined || page.type[at] === filter.type) &&
    addedAt >= filter.addedAfter &&
    addedAt <= filter.addedBefore &&
    (filter.owner === undefined || table.owners[page.owner[at] as number]?.id === filter.owner) &&
    (!filter.available || table.sourcesOf(page.content[at] as number) > 0)
  );
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
