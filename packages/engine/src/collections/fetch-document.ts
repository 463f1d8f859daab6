import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCollection, maxCollectionBytes, type Collection } from '@enxame/shared/content/collection';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { CollectionSummary } from '@enxame/shared/tracker/entry';
import { removeFile } from '@enxame/storage/durable-file';
import type { DownloadRecord } from '../transfers/download-record.js';
import type { PartFilePlace } from '../transfers/part-file.js';
import type { FolderStore } from './folder-store.js';
import type { FolderThread } from './folder-thread.js';

/** A folder that somebody wants, as the catalogue told of it. */
export interface WantedFolder extends PartFilePlace {
  readonly contentId: ContentId;
  /** Of all its files. */
  readonly size: number;
  readonly collection: CollectionSummary;
  readonly personName: string;
  readonly door: DownloadRecord['door'];
}

/** Where the document of a folder under way is kept, so that the next run needs no source for it. */
export function documentPlace({ contentId, id }: WantedFolder, folder: string): PartFilePlace {
  return { folder, name: `${contentId}.collection`, id };
}

export async function removeDocument(wanted: WantedFolder, folder: string): Promise<void> {
  const { name, id } = documentPlace(wanted, folder);
  await removeFile(join(folder, name));
  await removeFile(join(folder, `${name}.${id.slice(0, 8)}.part`));
}

/**
 * The collection of a wanted folder: one that is here, or the document fetched and parsed. It must be what the person was
 * shown. (C8, C13) Throws `collection-invalid`, and what `fetch` throws, which resolves with where the document is.
 */
export async function openWantedCollection(
  wanted: WantedFolder,
  deps: {
    readonly folders: Pick<FolderStore, 'byCollection'>;
    readonly thread: FolderThread;
    readonly fetch: (bytes: number) => Promise<string>;
  },
): Promise<Collection> {
  const { name, collection: summary } = wanted;
  const known = deps.folders.byCollection(wanted.contentId)[0]?.collection;
  if (summary.documentBytes > maxCollectionBytes) throw new EnxameError('collection-invalid', { name });
  const collection = known ?? (await parse(await readFile(await deps.fetch(summary.documentBytes)), name, deps.thread));
  const isAsShown = collection.fileCount === summary.files && collection.totalBytes === wanted.size;
  if (!isAsShown) throw new EnxameError('collection-invalid', { name });
  return collection;
}

/** In the folder thread: a large document takes seconds. */
async function parse(bytes: Buffer, name: string, thread: FolderThread): Promise<Collection> {
  const document = Uint8Array.from(bytes); // memory of its own, that can be handed over
  try {
    const parsed = await thread.run('parse', { document }, [document.buffer]);
    return createCollection(parsed.document, parsed.offsets, parsed.fileCount);
  } catch (error) {
    if (!(error instanceof EnxameError) || error.code !== 'collection-invalid') throw error;
    throw new EnxameError('collection-invalid', { name }, { cause: error });
  }
}
