/**
 * The bytes of a content for somebody who looks at it here: from the file that holds it, or from the part file of its
 * download, as they come. Owns nothing that outlives a read. (docs/spec/preview.md)
 */
import type { Writable } from 'node:stream';
import type { ListedFile } from '@enxame/shared/engine/preview-calls';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { Library } from '../library/library.js';
import type { ByteRange } from '../peer/byte-range.js';
import type { MemberAccess } from '../collections/serve-members.js';
import type { OpenContent } from '../peer/content-access.js';
import { sendFile } from '../peer/send-file.js';
import type { PartContents } from '../transfers/part-contents.js';
import type { ReadPositions } from '../transfers/read-positions.js';

export interface PreviewContents {
  /** Undefined when it is neither here, by itself or in a folder, nor on its way here. */
  sizeOf(contentId: ContentId): number | undefined;
  /** What is in a folder that is here. Throws `content-not-found`. */
  list(
    collectionId: ContentId,
    page: { readonly offset: number; readonly limit: number },
  ): { readonly total: number; readonly files: ListedFile[] };
  /**
   * Writes a range, waiting for what is not here yet, which is asked of the sources before the rest. Throws
   * `content-not-found` when it is not on its way any more, `file-changed`, `file-vanished`, and `cancelled` when the
   * stream or the signal ends it.
   */
  read(contentId: ContentId, range: ByteRange, out: Writable, signal: AbortSignal): Promise<void>;
}

export interface PreviewContentsDeps {
  readonly library: Pick<Library, 'contents' | 'onPresence' | 'folders'>;
  readonly members: Pick<MemberAccess, 'openSmall'>;
  readonly parts: PartContents;
  readonly transfers: { list(): readonly Transfer[] };
  readonly readPositions: ReadPositions;
}

interface Opened {
  readonly handle: OpenContent['handle'];
  /** Up to where it can be read from the position on. */
  readonly end: number;
}

export function createPreviewContents(deps: PreviewContentsDeps): PreviewContents {
  const { library, members, parts, transfers, readPositions } = deps;

  const transferOf = (contentId: ContentId): Transfer | undefined =>
    transfers.list().find((each) => each.direction === 'receive' && each.contentId === contentId && !each.folder);

  /** Of a file that is here as a part of a folder, and by no record of its own. */
  function sizeInFolder(contentId: ContentId): number | undefined {
    for (const { folder, index } of library.folders.find(contentId)) return folder.collection.size(index);
    return undefined;
  }

  /** Undefined: nothing there now, and something may come. */
  async function open(contentId: ContentId, position: number): Promise<Opened | undefined> {
    const part = parts.reachFrom(contentId, position);
    if (part && part.end > position) return openComing(part);
    if (library.contents.get(contentId)) {
      const { handle, size } = await library.contents.openForServing(contentId);
      return { handle, end: size };
    }
    const transfer = transferOf(contentId);
    if (!transfer && sizeInFolder(contentId) !== undefined) {
      const { handle, size } = await members.openSmall(contentId);
      return { handle, end: size };
    }
    if (!transfer || transfer.state === 'verified') throw new EnxameError('content-not-found');
    return undefined;
  }

  return {
    sizeOf: (contentId) =>
      library.contents.get(contentId)?.size ?? transferOf(contentId)?.size ?? sizeInFolder(contentId),
    list: (collectionId, { offset, limit }) => {
      const [held] = library.folders.byCollection(collectionId);
      if (!held) throw new EnxameError('content-not-found');
      const { collection } = held;
      const files: ListedFile[] = [];
      for (let index = offset; index < Math.min(collection.count, offset + limit); index++) {
        if (!collection.isFile(index)) continue;
        const contentId = collection.contentId(index);
        files.push({ path: collection.path(index), size: collection.size(index), contentId });
      }
      return { total: collection.count, files };
    },
    read: async (contentId, range, out, signal) => {
      const news = listen((tell) => [library.onPresence(tell), parts.onProgress(tell)], contentId, signal);
      const reader = readPositions.follow(contentId);
      try {
        let position = range.start;
        while (position < range.end) {
          if (signal.aborted) throw new EnxameError('cancelled');
          reader.moveTo(position);
          const heard = news.next(); // from before the look: what comes during it is not missed
          const opened = await open(contentId, position);
          if (!opened) {
            await heard;
            continue;
          }
          const run = { start: position, end: Math.min(opened.end, range.end) };
          try {
            await sendFile(opened.handle, run, out, (bytes) => {
              position += bytes;
              reader.moveTo(position);
            });
          } finally {
            await opened.handle.close();
          }
        }
      } finally {
        reader.close();
        news.close();
      }
    },
  };
}

/** The part file may just be getting its name: then the content is told to be here in a moment. */
async function openComing(part: NonNullable<ReturnType<PartContents['reachFrom']>>): Promise<Opened | undefined> {
  try {
    return { handle: (await part.open()).handle, end: part.end };
  } catch (error) {
    if (isErrorWithCode(error, 'file-vanished')) return undefined;
    throw error;
  }
}

/** Resolves whenever something of the content may have come, and when the signal ends. */
function listen(
  subscribe: (tell: (contentId: ContentId) => void) => (() => void)[],
  contentId: ContentId,
  signal: AbortSignal,
): { next(): Promise<void>; close(): void } {
  let wake = (): void => undefined;
  const wakeNow = (): void => {
    wake();
  };
  const ends = subscribe((told) => {
    if (told === contentId) wake();
  });
  signal.addEventListener('abort', wakeNow);
  return {
    next: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
    close: () => {
      signal.removeEventListener('abort', wakeNow);
      for (const end of ends) end();
    },
  };
}
