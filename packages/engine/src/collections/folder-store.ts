/**
 * The folders that this device holds as collections. Owns `folders/` (a file each: where it is, and the stamps of its
 * files) and `collections/` (the documents, each under its contentId, from where they are served). Decides nothing: who
 * shares or fetches a folder says what it is.
 */
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fromBase32 } from '@enxame/shared/content/base32';
import { openKnownCollection } from '@enxame/shared/content/collection-parser';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { removeFile, writeDurably } from '@enxame/storage/durable-file';
import type { Logger } from 'pino';
import { heldAs } from '../library/content-record.js';
import type { LocalContents } from '../library/local-contents.js';
import { documentManifest } from './document-manifest.js';
import { decodeFolderFile, encodeFolderFile } from './folder-file.js';
import { createHeldFolder, type HeldFolder, type HeldFolderParts } from './held-folder.js';

export interface FolderStore {
  /** Durable when it resolves. Replaces what the key held, whose document is served until the next replacement. */
  put(parts: HeldFolderParts): Promise<HeldFolder>;
  /** The files stay. */
  remove(key: string): Promise<void>;
  get(key: string): HeldFolder | undefined;
  list(): IterableIterator<HeldFolder>;
  /** Every folder that is, or was until it changed, this collection. */
  byCollection(collectionId: ContentId): HeldFolder[];
  /** Every place in a held folder where a content should be. */
  find(contentId: ContentId): Generator<{ readonly folder: HeldFolder; readonly index: number }>;
  /** Something in it turned out not to be what it was. */
  tellChanged(folder: HeldFolder): void;
  onChanged(listener: (folder: HeldFolder) => void): () => void;
}

export async function openFolderStore(deps: {
  /** The library's own folder. */
  readonly folder: string;
  readonly contents: LocalContents;
  readonly logger: Logger;
}): Promise<FolderStore> {
  const { contents, logger } = deps;
  const foldersFolder = join(deps.folder, 'folders');
  const documentsFolder = join(deps.folder, 'collections');
  for (const folder of [foldersFolder, documentsFolder]) await mkdir(folder, { recursive: true, mode: 0o700 });
  const held = new Map<string, HeldFolder>();
  /** The version before, of those that changed since the start: who is fetching it gets what of it is still there. */
  const superseded = new Map<string, HeldFolder>();
  const listeners = new Set<(folder: HeldFolder) => void>();
  const documentPath = (collectionId: ContentId): string => join(documentsFolder, collectionId);

  function byCollection(collectionId: ContentId): HeldFolder[] {
    return [...held.values(), ...superseded.values()].filter((folder) => folder.collectionId === collectionId);
  }

  async function saveDocument({ collectionId, collection, heldAs }: HeldFolderParts): Promise<void> {
    const path = documentPath(collectionId);
    if (contents.getByPath(path) && (await contents.isUnchanged(collectionId))) {
      await contents.hold(path, heldAs);
      return;
    }
    const { manifest, contentId } = await documentManifest(collection.document);
    if (contentId !== collectionId) throw new EnxameError('collection-invalid', { name: collectionId });
    await writeDurably(path, collection.document);
    const { size, mtimeMs } = await stat(path);
    await contents.add({ contentId, path, size, mtimeMs, sha256: null, manifest, heldAs });
  }

  /** After a folder went: its document goes with the last of them. */
  async function releaseDocument({ collectionId, heldAs }: HeldFolder): Promise<void> {
    const others = byCollection(collectionId);
    const path = documentPath(collectionId);
    if (!others.some((folder) => folder.heldAs === heldAs)) await contents.release(path, heldAs);
    if (others.length === 0) await removeFile(path);
  }

  async function load(key: string): Promise<HeldFolder> {
    const head = decodeFolderFile(await readFile(join(foldersFolder, key)));
    const document = await readFile(documentPath(head.collectionId));
    const { contentId } = await documentManifest(document);
    // Only the bytes that were parsed before have this id.
    if (contentId !== head.collectionId) throw new EnxameError('collection-invalid', { name: head.root });
    const collection = openKnownCollection(document);
    if (head.mtimes.length !== collection.count) throw new EnxameError('collection-invalid', { name: head.root });
    return createHeldFolder({ ...head, key, collection });
  }

  for (const key of await readdir(foldersFolder)) {
    try {
      held.set(key, await load(key));
    } catch (error) {
      // A share is looked through again and put anew; a folder that was fetched is still on its place, and can be shared.
      logger.warn({ err: error, key }, 'a held folder could not be read');
      await removeFile(join(foldersFolder, key));
    }
  }
  for (const name of await readdir(documentsFolder)) {
    const isHeld = [...held.values()].some(({ collectionId }) => collectionId === name);
    if (isHeld) continue;
    for (const reason of heldAs) await contents.release(join(documentsFolder, name), reason);
    await removeFile(join(documentsFolder, name));
  }

  return {
    put: async (parts) => {
      const before = held.get(parts.key);
      await saveDocument(parts);
      await writeDurably(join(foldersFolder, parts.key), encodeFolderFile(parts));
      const folder = createHeldFolder(parts);
      held.set(parts.key, folder);
      if (before && before.collectionId !== parts.collectionId) {
        const oldest = superseded.get(parts.key);
        superseded.set(parts.key, before);
        if (oldest) await releaseDocument(oldest);
      }
      return folder;
    },
    remove: async (key) => {
      const gone = [held.get(key), superseded.get(key)].filter((folder) => folder !== undefined);
      held.delete(key);
      superseded.delete(key);
      await removeFile(join(foldersFolder, key));
      for (const folder of gone) await releaseDocument(folder);
    },
    get: (key) => held.get(key),
    list: () => held.values(),
    byCollection,
    tellChanged: (folder) => {
      for (const listener of listeners) listener(folder);
    },
    onChanged: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    *find(contentId) {
      const id = fromBase32(contentId);
      for (const folder of held.values()) for (const index of folder.members.find(id)) yield { folder, index };
    },
  };
}
