import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Collection } from '@enxame/shared/content/collection';
import { createCollectionParser } from '@enxame/shared/content/collection-parser';
import type { ContentId } from '@enxame/shared/ids';

/** Entries that are parsed between two looks at the rest of the work: some milliseconds. */
const entriesAtOnce = 2000;
/** Documents that are kept in memory because they were asked for lately; the last one is, whatever its size. */
const maxKeptBytes = 32 * 1024 * 1024;

/** Folders' documents, read; the ones asked for lately are at hand. What is known by its id is what it was. */
export interface Collections {
  /** `read` gives the verified document. Throws what it throws, `collection-invalid`. */
  get(contentId: ContentId, read: () => Promise<Uint8Array>): Promise<Collection>;
}

export function createCollections(): Collections {
  /** In the order in which they were asked for. */
  const kept = new Map<ContentId, Collection>();

  function keep(contentId: ContentId, collection: Collection): void {
    kept.delete(contentId);
    kept.set(contentId, collection);
    let bytes = 0;
    for (const each of kept.values()) bytes += each.document.length;
    for (const [id, { document }] of kept) {
      if (bytes <= maxKeptBytes || id === contentId) return;
      bytes -= document.length;
      kept.delete(id);
    }
  }

  return {
    get: async (contentId, read) => {
      const collection = kept.get(contentId) ?? (await parse(await read()));
      keep(contentId, collection);
      return collection;
    },
  };
}

async function parse(document: Uint8Array): Promise<Collection> {
  const parser = createCollectionParser(document);
  for (;;) {
    const collection = parser.step(entriesAtOnce);
    if (collection) return collection;
    await nextTurn();
  }
}
