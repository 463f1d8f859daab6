import type { UserId } from '@enxame/shared/ids';
import type { CatalogueFilter } from './catalogue-filter.js';

/**
 * Which of many searches an entry could match, found by what the entry has rather than by asking every search: each
 * waits under one thing that whatever it finds must have. The longest of its words, else the owner; and a hash besides.
 */
export class SearchTriggers<T> {
  readonly #byWord = new Map<string, Set<T>>();
  readonly #byOwner = new Map<UserId, Set<T>>();
  readonly #byHash = new Map<string, Set<T>>();

  /** Whether a search with this filter can wait for anything: otherwise every entry would be its news. */
  static isPossible({ words, owner }: CatalogueFilter): boolean {
    return words.length > 0 || owner !== undefined;
  }

  add(filter: CatalogueFilter, search: T): void {
    this.#each(filter, (map, key) => {
      const searches = map.get(key);
      if (searches) searches.add(search);
      else map.set(key, new Set([search]));
    });
  }

  delete(filter: CatalogueFilter, search: T): void {
    this.#each(filter, (map, key) => {
      const searches = map.get(key);
      searches?.delete(search);
      if (searches?.size === 0) map.delete(key);
    });
  }

  /** `words`: those of the entry's name and of its owner's. */
  candidates(entry: {
    readonly words: readonly string[];
    readonly owner: UserId;
    readonly hashes: readonly (string | null)[];
  }): Set<T> {
    const found = new Set<T>(this.#byOwner.get(entry.owner));
    for (const hash of entry.hashes) for (const search of this.#byHash.get(hash ?? '') ?? []) found.add(search);
    if (this.#byWord.size === 0) return found;
    for (const word of entry.words) {
      for (let end = 1; end <= word.length; end++) {
        for (const search of this.#byWord.get(word.slice(0, end)) ?? []) found.add(search);
      }
    }
    return found;
  }

  #each(filter: CatalogueFilter, visit: (map: Map<string, Set<T>>, key: string) => void): void {
    const [longest] = [...filter.words].sort((one, other) => other.length - one.length);
    const hash = filter.contentId ?? filter.sha256;
    if (longest !== undefined) visit(this.#byWord, longest);
    else if (filter.owner !== undefined) visit(this.#byOwner, filter.owner);
    if (hash !== undefined) visit(this.#byHash, hash);
  }
}
