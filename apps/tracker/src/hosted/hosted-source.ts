import type { KeyObject } from 'node:crypto';
import { presentByte } from '@enxame/engine/collections/pack-frame';
import { collectionHeader } from '@enxame/engine/peer/authority';
import { parseRange, type ByteRange } from '@enxame/engine/peer/byte-range';
import { sendFile } from '@enxame/engine/peer/send-file';
import { checkTicket } from '@enxame/identity/ticket';
import { fromBase32 } from '@enxame/shared/content/base32';
import { encodeManifest } from '@enxame/shared/content/manifest';
import { pieceCountFor } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { contentIdSchema, type ContentId, type TrackerId } from '@enxame/shared/ids';
import { createFullBits, createPieceBits, encodeHave } from '@enxame/shared/peer/have';
import { maxPackBytes, parsePackRanges } from '@enxame/shared/peer/pack';
import { Router, type Request, type Response } from 'express';
import type { SentContent } from '../api/content-routes.js';
import type { HostedCopies } from '../domain/hosted-copies.js';
import type { StoredCopy } from '../domain/stored-copy.js';
import type { Collections } from './collections.js';
import { fileAt } from './folder-contents.js';
import type { HostedFiles } from './hosted-files.js';
import { membersOf, openHostedFolder, type HostedFolder } from './hosted-folder.js';
import { isSmallFile } from './small-files.js';

const stallMs = 60_000;

/** A content that is asked for: its own bytes, or a member of a folder. */
interface Asked {
  readonly contentId: ContentId;
  readonly name: string;
  readonly size: number;
  manifest(): Promise<Uint8Array>;
  send(range: ByteRange, response: Response, onSent: (bytes: number) => void): Promise<void>;
  close(): void;
}

/**
 * What the tracker hosts, as any other source serves it: manifest, pieces and which of them, folders' members and packs,
 * for who brings a ticket of this tracker. The same requests as in docs/spec/peer-protocol.md, without a certificate of
 * the device. (H41)
 */
export function createHostedSource(deps: {
  readonly copies: HostedCopies;
  readonly files: HostedFiles;
  readonly collections: Collections;
  readonly tracker: { readonly trackerId: TrackerId; readonly publicKey: KeyObject };
  readonly now: () => number;
  readonly onSent: (sent: SentContent) => void;
}): Router {
  const { copies, files, collections, tracker, now } = deps;
  const router = Router({ caseSensitive: true, strict: true });

  /** What the ticket of the request is for. */
  async function admit({ headers }: Request, contentId: ContentId): Promise<StoredCopy> {
    const ticket = /^Bearer (.{1,1024})$/.exec(headers.authorization ?? '')?.[1];
    if (ticket === undefined) throw new EnxameError('unauthorized');
    await checkTicket(ticket, tracker.publicKey, { trackerId: tracker.trackerId, contentId }, now());
    const copy = copies.get(contentId);
    if (!copy || !copies.isHere(contentId)) throw new EnxameError('content-not-found');
    return copy;
  }

  async function open(request: Request): Promise<Asked> {
    const contentId = parseId(request.params['contentId']);
    const collection = request.headers[collectionHeader];
    if (collection === undefined) return openOwn(await admit(request, contentId));
    const copy = await admit(request, parseId(collection));
    if (!copy.collection) throw new EnxameError('content-not-found');
    return openMember(copy.contentId, contentId);
  }

  function openOwn({ contentId, name, size, collection }: StoredCopy): Asked {
    return {
      contentId,
      name,
      size: collection ? collection.documentBytes : size,
      manifest: () => files.readManifest(contentId),
      send: async (range, response, onSent) => {
        const handle = await files.openBlob(contentId);
        try {
          await sendFile(handle, range, response, onSent);
        } finally {
          await handle.close();
        }
      },
      close: () => undefined,
    };
  }

  async function openMember(collectionId: ContentId, contentId: ContentId): Promise<Asked> {
    const folder = await openHostedFolder(collectionId, files, collections);
    copies.used(collectionId);
    const [index] = membersOf(folder.collection).find(fromBase32(contentId));
    if (index === undefined) {
      folder.close();
      throw new EnxameError('content-not-found');
    }
    return {
      ...fileAt(folder.collection, index),
      manifest: async () => encodeManifest(await folder.manifestOf(index)),
      send: (range, response, onSent) => folder.send(index, range, response, onSent),
      close: folder.close,
    };
  }

  const sendBytes = (response: Response, bytes: Uint8Array): void => {
    response.type('application/octet-stream').send(Buffer.from(bytes));
  };

  router.get('/v1/content/:contentId/manifest', async (request, response) => {
    const asked = await open(request);
    try {
      sendBytes(response, await asked.manifest());
    } finally {
      asked.close();
    }
  });
  router.get('/v1/content/:contentId/have', async (request, response) => {
    const asked = await open(request);
    asked.close();
    const pieces = pieceCountFor(asked.size);
    sendBytes(response, encodeHave({ held: createFullBits(pieces), given: createPieceBits(pieces) }));
  });
  router.get('/v1/content/:contentId', async (request, response) => {
    const asked = await open(request);
    const { contentId, size, name } = asked;
    let bytes = 0;
    try {
      const range = parseRange(request.headers.range, size);
      if (!range) throw new EnxameError('bad-request', { where: 'range' });
      const { start, end } = range;
      copies.used(contentId);
      response.status(206).set({
        'content-type': 'application/octet-stream',
        'content-length': String(end - start),
        'content-range': `bytes ${String(start)}-${String(end - 1)}/${String(size)}`,
      });
      response.setTimeout(stallMs, () => response.destroy());
      await asked.send(range, response, (more) => {
        bytes += more;
      });
      response.end();
    } catch (error) {
      if (!response.headersSent) throw error;
      response.destroy(); // how HTTP says that the body is not whole
      if (!(error instanceof EnxameError)) throw error;
    } finally {
      asked.close();
      if (bytes > 0) deps.onSent({ contentId, name, bytes, isDownload: false, userId: undefined });
    }
  });
  router.get('/v1/collection/:contentId/pack', async (request, response) => {
    const copy = await admit(request, parseId(request.params['contentId']));
    if (!copy.collection) throw new EnxameError('content-not-found');
    const { contentId, name } = copy;
    const folder = await openHostedFolder(contentId, files, collections);
    const asked = request.query['files'];
    try {
      const frame = await readPack(folder, parsePackRanges(typeof asked === 'string' ? asked : ''));
      copies.used(contentId);
      sendBytes(response, frame);
      deps.onSent({ contentId, name, bytes: frame.length, isDownload: false, userId: undefined });
    } finally {
      folder.close();
    }
  });
  // Receivers bring a receipt to whoever gave them bytes; the tracker's own giving needs none.
  router.post('/v1/content/:contentId/receipt', async (request, response) => {
    (await open(request)).close();
    request.resume();
    response.status(200).set('content-length', '0').end();
  });
  return router;
}

function parseId(text: unknown): ContentId {
  const contentId = contentIdSchema.safeParse(text);
  if (!contentId.success) throw new EnxameError('content-not-found');
  return contentId.data;
}

/** The frame of small files, all of which are here. Throws `bad-request`. (P50 to P52) */
async function readPack({ collection, layout, handle }: HostedFolder, indexes: readonly number[]): Promise<Buffer> {
  const areSmall = indexes.every((index) => index < collection.count && isSmallFile(collection, index));
  const bytes = areSmall ? indexes.reduce((sum, index) => sum + collection.size(index), 0) : Infinity;
  if (bytes > maxPackBytes) throw new EnxameError('bad-request', { where: 'files' });
  const frame = Buffer.alloc(bytes + indexes.length);
  let at = 0;
  for (const index of indexes) {
    frame[at++] = presentByte;
    const size = collection.size(index);
    if (size > 0) await handle.read(frame, at, size, layout.dataStart(index));
    at += size;
  }
  return frame;
}
