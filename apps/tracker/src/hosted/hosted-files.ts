import { randomInt } from 'node:crypto';
import { mkdir, open, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { flushFolder, removeFile, renameDurably, writeDurably } from '@enxame/storage/durable-file';
import type { ContentId } from '@enxame/shared/ids';

/**
 * The bytes of hosted copies: `hosted/<contentId>.blob` and `.manifest`, of a copy on its way `.part`, and uploads that
 * are still coming in `hosted/incoming`. Which of them count says the journal (domain/hosted-copies.ts); what it does
 * not name is removed at the start. (docs/spec/http-api.md, H20)
 */
export interface HostedFiles {
  readonly folder: string;
  /** A new name for what comes in. */
  incomingPath(): string;
  partPath(contentId: ContentId): string;
  /** Gives a flushed file the name of its content, manifest first; durable when it resolves. */
  place(path: string, contentId: ContentId, manifest: Uint8Array): Promise<void>;
  openBlob(contentId: ContentId): Promise<FileHandle>;
  readManifest(contentId: ContentId): Promise<Buffer>;
  /** All that is there of a content. Who reads it at the moment goes on reading. */
  remove(contentId: ContentId): Promise<void>;
  /** Removes what no record names: the remains of a crash. */
  keepOnly(isKnown: (contentId: ContentId) => boolean): Promise<void>;
}

const endings = ['.blob', '.manifest', '.part'] as const;

export async function openHostedFiles(dataFolder: string): Promise<HostedFiles> {
  const folder = join(dataFolder, 'hosted');
  const incoming = join(folder, 'incoming');
  await rm(incoming, { recursive: true, force: true });
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const pathOf = (contentId: ContentId, ending: (typeof endings)[number]): string =>
    join(folder, `${contentId}${ending}`);

  return {
    folder,
    incomingPath: () => join(incoming, String(randomInt(2 ** 47))),
    partPath: (contentId) => pathOf(contentId, '.part'),
    place: async (path, contentId, manifest) => {
      await writeDurably(pathOf(contentId, '.manifest'), manifest);
      await renameDurably(path, pathOf(contentId, '.blob'));
    },
    openBlob: (contentId) => open(pathOf(contentId, '.blob'), 'r'),
    readManifest: (contentId) => readFile(pathOf(contentId, '.manifest')),
    remove: async (contentId) => {
      for (const ending of endings) await removeFile(pathOf(contentId, ending));
    },
    keepOnly: async (isKnown) => {
      for (const name of await readdir(folder)) {
        const [id = '', ending] = name.split('.');
        const isOurs = endings.some((known) => known === `.${ending ?? ''}`);
        if (isOurs && !isKnown(id as ContentId)) await removeFile(join(folder, name));
      }
      await flushFolder(folder);
    },
  };
}
