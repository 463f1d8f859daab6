import { contentIdSchema, sha256Schema, type ContentId, type UserId } from '@enxame/shared/ids';
import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import { typeNumbers } from './entry-page.js';
import { toSearchWords } from './search-words.js';

/** The part of a query that decides which entries are in the result. */
export interface CatalogueFilter {
  /** Equal for filters with the same result. Empty for the one that lets all through, one by one. */
  readonly key: string;
  readonly words: readonly string[];
  /** What was typed is a whole hash: it finds what has it, and what has it in its name. */
  readonly contentId: ContentId | undefined;
  readonly sha256: string | undefined;
  readonly owner: UserId | undefined;
  /** In order; empty: nobody. */
  readonly except: readonly UserId[];
  readonly available: boolean;
  readonly minBytes: number;
  readonly maxBytes: number;
  /** Index in `contentTypes`. */
  readonly type: number | undefined;
  readonly addedAfter: number;
  readonly addedBefore: number;
  /** One row for each content. (T70) */
  readonly byContent: boolean;
  /** It lets all through. */
  readonly isWhole: boolean;
}

export function toCatalogueFilter(query: CatalogueQuery): CatalogueFilter {
  const words = toSearchWords(query.text);
  const typed = query.text.trim().toLowerCase();
  const contentId = contentIdSchema.safeParse(typed).data;
  const sha256 = sha256Schema.safeParse(typed).data;
  const { owner, available, minBytes = 0, maxBytes = Infinity, addedAfter = 0, addedBefore = Infinity } = query;
  const except = [...new Set(query.except)].sort();
  const type = query.type && typeNumbers.get(query.type);
  const byContent = query.group === 'content';
  const parts = [words, owner, available, minBytes, maxBytes, type, addedAfter, addedBefore, byContent, ...except];
  const isWhole =
    words.length === 0 &&
    !owner &&
    except.length === 0 &&
    !available &&
    type === undefined &&
    minBytes === 0 &&
    maxBytes === Infinity &&
    addedAfter === 0 &&
    addedBefore === Infinity;
  const key = isWhole && !byContent ? '' : JSON.stringify(parts);
  const fields = { owner, except, available, minBytes, maxBytes, type, addedAfter, addedBefore };
  return { key, words, contentId, sha256, ...fields, byContent, isWhole };
}
