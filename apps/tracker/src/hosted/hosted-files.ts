import { randomInt } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { flushFolder, removeFile, renameDurably, writeDurably } from '@enxame/storage/durable-file';
import type { ContentId } from '@enxame/shared/ids';
import { toStorageError } from '../store/storage-error.js';

/**
 * The bytes of hosted copies: `hosted/<contentId>.blob` and `.manifest`, of a copy on its way `.part`, and uploads that
 * are still coming in `hosted/incoming`. Of a folder those two are its document, and `.files` and `.sums` what is in it
 * (folder-layout.ts). Which of them count says the journal (domain/hosted-copies.ts); what it does not name is removed at
 * the start. (docs/spec/http-api.md, H20)
 */
export interface HostedFiles {
  readonly folder: string;
  /** A new name for what comes in. */
  incomingPath(): string;
  partPath(contentId: ContentId): string;
  /** Gives a flushed file the name of its content, manifest first; durable when it resolves. These three throw `tracker-storage-full`. */
  place(path: string, contentId: ContentId, manifest: Uint8Array): Promise<void>;
  /** The document of a folder. */
  placeDocument(contentId: ContentId, document: Uint8Array, manifest: Uint8Array): Promise<void>;
  openBlob(contentId: ContentId): Promise<FileHandle>;
  readManifest(contentId: ContentId): Promise<Buffer>;
  /** The files of a folder, flushed, get their name; what is beside them is written first. Durable when it resolves. */
  placeFiles(path: string, contentId: ContentId, sums: Uint8Array): Promise<void>;
  openFiles(contentId: ContentId): Promise<FileHandle>;
  /** A part of what is beside them. */
  readSums(contentId: ContentId, start: number, end: number): Promise<Buffer>;
  /** All that is there of a content. Who reads it at the moment goes on reading. */
  remove(contentId: ContentId): Promise<void>;
  /** Removes what no record names: the remains of a crash. Resolves with the names of the files that are there. */
  keepOnly(isKnown: (contentId: ContentId) => boolean): Promise<ReadonlySet<string>>;
}

/** What there is of a copy that is here. */
export const endingsOf = (isFolder: boolean): readonly string[] =>
  isFolder ? ['.blob', '.manifest', '.files', '.sums'] : ['.blob', '.manifest'];

const endings = ['.blob', '.manifest', '.files', '.sums', '.part'] as const;

export async function openHostedFiles(dataFolder: string): Promise<HostedFiles> {
  const folder = join(dataFolder, 'hosted');
  const incoming = join(folder, 'incoming');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const pathOf = (contentId: ContentId, ending: (typeof endings)[number]): string =>
    join(folder, `${contentId}${ending}`);

  async function write(contentId: ContentId, ending: (typeof endings)[number], bytes: Uint8Array): Promise<void> {
    try {
      await writeDurably(pathOf(contentId, ending), bytes);
    } catch (error) {
      throw toStorageError(error);
    }
  }

  return {
    folder,
    incomingPath: () => join(incoming, String(randomInt(2 ** 47))),
    partPath: (contentId) => pathOf(contentId, '.part'),
    place: async (path, contentId, manifest) => {
      await write(contentId, '.manifest', manifest);
      await renameDurably(path, pathOf(contentId, '.blob'));
    },
    placeDocument: async (contentId, document, manifest) => {
      await write(contentId, '.manifest', manifest);
      await write(contentId, '.blob', document);
    },
    openBlob: (contentId) => open(pathOf(contentId, '.blob'), 'r'),
    readManifest: (contentId) => readFile(pathOf(contentId, '.manifest')),
    placeFiles: async (path, contentId, sums) => {
      await write(contentId, '.sums', sums);
      await renameDurably(path, pathOf(contentId, '.files'));
    },
    openFiles: (contentId) => open(pathOf(contentId, '.files'), 'r'),
    readSums: async (contentId, start, end) => {
      const handle = await open(pathOf(contentId, '.sums'), 'r');
      try {
        const bytes = Buffer.allocUnsafe(end - start);
        const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
        if (bytesRead < bytes.length) throw new Error(`${contentId}.sums is too short`);
        return bytes;
      } finally {
        await handle.close();
      }
    },
    remove: async (contentId) => {
      for (const ending of endings) await removeFile(pathOf(contentId, ending));
    },
    keepOnly: async (isKnown) => {
      const kept = new Set<string>();
      const names = await readdir(folder);
      // Lines of the journal were set aside: what they named is a person's to decide about.
      const isInDoubt = names.some((name) => name.startsWith('copies.jsonl.broken-'));
      for (const name of names) {
        const [id = '', ending, writing] = name.split('.');
        const isOurs = endings.some((known) => known === `.${ending ?? ''}`);
        if (isOurs && (writing !== undefined || !(isInDoubt || isKnown(id as ContentId))))
          await removeFile(join(folder, name));
        else kept.add(name);
      }
      await flushFolder(folder);
      return kept;
    },
  };
}
