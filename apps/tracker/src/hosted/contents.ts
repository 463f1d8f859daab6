import { createBodyWriter } from '@enxame/engine/peer/body-writer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import type { LinkPage } from '@enxame/shared/tracker/link';
import type { ApiCall } from '../api/api-handlers.js';
import { fromFile, type SendableContent } from '../api/send-content.js';
import type { CopyFacts, HostedCopies } from '../domain/hosted-copies.js';
import type { Reader, ReaderCatalogue } from '../domain/restricted/reader-catalogue.js';
import type { Collections } from './collections.js';
import { fileAt, readFolder, type FolderContents } from './folder-contents.js';
import { openHostedFolder } from './hosted-folder.js';
import { zipBytes } from './zip-bytes.js';
import { createZipLayout } from './zip-layout.js';
import type { HostedFiles } from './hosted-files.js';
import { sendFromSource } from './send-from-source.js';
import type { SourceAsker } from './source-asker.js';
import type { StreamKeeper } from './stream-keeper.js';
import { createSourceReader } from './source-reader.js';

type From = NonNullable<LinkPage['content']>['from'];

/** Where a content can be had from now. */
export interface LocatedContent extends CopyFacts {
  readonly from: From;
}

/** Whom it is sent to. */
export type SendingCall = Pick<ApiCall, 'response' | 'signal'>;

/** The contents that the tracker can send: what it hosts, and what somebody online has. */
export interface Contents {
  /** By SHA-256 or contentId, for who may know of it (T141). Throws `content-not-found`. */
  find(hash: string, reader: Reader): LocatedContent;
  locate(facts: CopyFacts): LocatedContent;
  /** Throws `content-offline` when nobody has it now, `not-supported` for a folder. */
  open(content: LocatedContent, call: SendingCall): SendableContent;
  /** The document of a folder, read. The caller closes it. Throws `content-offline`, `not-supported` for a file. */
  openFolder(content: LocatedContent, signal: AbortSignal): Promise<FolderContents>;
  /**
   * A folder as one zip, stored: byte by byte the same wherever it comes from. A part of it can be had only of what is
   * hosted, for the checksums at its end are those of all files. Throws as `openFolder`. (H36)
   */
  openZip(content: LocatedContent, call: SendingCall): Promise<SendableContent>;
  /** One file of a folder. Throws as `openFolder`, `not-found`. */
  openFile(content: LocatedContent, index: number, call: SendingCall): Promise<SendableContent>;
}

export function createContents(deps: {
  readonly copies: HostedCopies;
  readonly files: HostedFiles;
  readonly collections: Collections;
  readonly keeper: StreamKeeper;
  readonly ask: (contentId: ContentId, signal: AbortSignal) => SourceAsker;
  readonly catalogue: Pick<ReaderCatalogue, 'page' | 'find'>;
  /** The devices that can be asked for it now. */
  readonly sourcesOf: (contentId: ContentId) => Iterable<DeviceId>;
}): Contents {
  const { copies, files, catalogue } = deps;

  function locate(facts: CopyFacts): LocatedContent {
    if (copies.isHere(facts.contentId)) return { ...facts, from: 'hosted' };
    const [source] = deps.sourcesOf(facts.contentId);
    return { ...facts, from: source === undefined ? 'offline' : 'online' };
  }

  function factsOf(hash: string, reader: Reader): CopyFacts | undefined {
    const isSha256 = hash.length === 64;
    const copy = isSha256 ? copies.findBySha256(hash) : copies.get(hash as ContentId);
    if (copy && copies.isHere(copy.contentId) && copy.holders.some(({ userId }) => userId === reader)) return copy;
    // A copy is kept for somebody: others learn of it, and of its name, only by an entry that they may see.
    const query = { text: hash, available: false, sort: 'addedAt', descending: true } as const;
    const entry = isSha256
      ? catalogue.page(query, { offset: 0, limit: 1 }, reader).rows[0]
      : catalogue.find(hash as ContentId, reader)?.entry;
    return entry && { ...entry, sha256: entry.sha256 ?? copies.get(entry.contentId)?.sha256 ?? null };
  }

  return {
    locate,
    find: (hash, reader) => {
      const facts = factsOf(hash, reader);
      if (!facts) throw new EnxameError('content-not-found');
      const { contentId, sha256, name, size, collection } = facts;
      return locate({ contentId, sha256, name, size, collection });
    },
    open: (content, { response, signal }) => {
      const { contentId, size, from, collection } = content;
      if (collection) throw new EnxameError('not-supported');
      if (from === 'offline') throw new EnxameError('content-offline');
      if (from === 'hosted') {
        copies.used(contentId);
        return fromFile(content, () => files.openBlob(contentId), response);
      }
      return {
        ...content,
        send: async (range, onSent) => {
          const asker = deps.ask(contentId, signal);
          const isWhole = range.start === 0 && range.end === size;
          const keep = isWhole ? deps.keeper.begin(content) : undefined;
          let isSent = false;
          try {
            const reader = createSourceReader({ asker, contentId, size });
            await sendFromSource(reader, size, range, response, onSent, keep?.piece);
            isSent = true;
          } finally {
            asker.close();
            await keep?.end(isSent);
          }
        },
      };
    },
    openFolder,
    openZip: async (content, call) => {
      const folder = await openFolder(content, call.signal);
      const layout = await createZipLayout(folder.collection);
      const { contentId, name } = content;
      return {
        contentId,
        etag: `${contentId}.zip`,
        sha256: null,
        name: `${name}.zip`,
        size: layout.size,
        isWholeOnly: folder.crcs === undefined,
        send: closing(folder, call, async (range, onSent) => {
          const writer = createBodyWriter(call.response);
          for await (const bytes of zipBytes(layout, folder, range)) {
            if (bytes.length === 0) continue;
            await writer.write(bytes);
            onSent(bytes.length);
          }
        }),
      };
    },
    openFile: async (content, index, call) => {
      const folder = await openFolder(content, call.signal);
      return {
        send: closing(folder, call, (range, onSent) => folder.send(index, range, call.response, onSent)),
        ...fileAt(folder.collection, index),
        sha256: null,
      };
    },
  };

  /** Closes the folder when it was sent, or when the answer ends without that. */
  function closing(
    folder: FolderContents,
    { response }: SendingCall,
    send: SendableContent['send'],
  ): SendableContent['send'] {
    let isSending = false;
    if (response.closed) {
      folder.close(); // who asked left while it was opened: nothing tells so any more
      throw new EnxameError('cancelled');
    }
    response.once('close', () => {
      if (!isSending) folder.close();
    });
    return async (range, onSent) => {
      isSending = true;
      try {
        await send(range, onSent);
      } finally {
        folder.close();
      }
    };
  }

  async function openFolder(content: LocatedContent, signal: AbortSignal): Promise<FolderContents> {
    const { contentId, size, from, collection } = content;
    if (!collection) throw new EnxameError('not-supported');
    if (from === 'offline') throw new EnxameError('content-offline');
    if (from === 'hosted') {
      copies.used(contentId);
      return openHostedFolder(contentId, files, deps.collections);
    }
    return readFolder({ contentId, size, ...collection }, deps.ask(contentId, signal), deps.collections);
  }
}
