import type { KeyObject } from 'node:crypto';
import { parseRange } from '@enxame/engine/peer/byte-range';
import { sendFile } from '@enxame/engine/peer/send-file';
import { checkTicket } from '@enxame/identity/ticket';
import { pieceCountFor } from '@enxame/shared/content/piece-size';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { contentIdSchema, type TrackerId } from '@enxame/shared/ids';
import { createFullBits, createPieceBits, encodeHave } from '@enxame/shared/peer/have';
import { Router, type Request, type Response } from 'express';
import type { SentContent } from '../api/content-routes.js';
import type { HostedCopies } from '../domain/hosted-copies.js';
import type { StoredCopy } from '../domain/stored-copy.js';
import type { HostedFiles } from './hosted-files.js';

const stallMs = 60_000;

/**
 * What the tracker hosts, as any other source serves it: manifest, pieces and which of them, for who brings a ticket
 * of this tracker. The same requests as in docs/spec/peer-protocol.md, without a certificate of the device. (H41)
 */
export function createHostedSource(deps: {
  readonly copies: HostedCopies;
  readonly files: HostedFiles;
  readonly tracker: { readonly trackerId: TrackerId; readonly publicKey: KeyObject };
  readonly now: () => number;
  readonly onSent: (sent: SentContent) => void;
}): Router {
  const { copies, files, tracker, now } = deps;
  const router = Router({ caseSensitive: true, strict: true });

  async function open({ params, headers }: Request): Promise<StoredCopy> {
    const contentId = contentIdSchema.safeParse(params['contentId']);
    if (!contentId.success) throw new EnxameError('content-not-found');
    const ticket = /^Bearer (.{1,1024})$/.exec(headers.authorization ?? '')?.[1];
    if (ticket === undefined) throw new EnxameError('unauthorized');
    await checkTicket(ticket, tracker.publicKey, { trackerId: tracker.trackerId, contentId: contentId.data }, now());
    const copy = copies.get(contentId.data);
    if (copy?.state !== 'here') throw new EnxameError('content-not-found');
    return copy;
  }

  const sendBytes = (response: Response, bytes: Uint8Array): void => {
    response.type('application/octet-stream').send(Buffer.from(bytes));
  };

  router.get('/v1/content/:contentId/manifest', async (request, response) => {
    sendBytes(response, await files.readManifest((await open(request)).contentId));
  });
  router.get('/v1/content/:contentId/have', async (request, response) => {
    const pieces = pieceCountFor((await open(request)).size);
    sendBytes(response, encodeHave({ held: createFullBits(pieces), given: createPieceBits(pieces) }));
  });
  router.get('/v1/content/:contentId', async (request, response) => {
    const { contentId, size, name } = await open(request);
    const range = parseRange(request.headers.range, size);
    if (!range) throw new EnxameError('bad-request', { where: 'range' });
    const { start, end } = range;
    const handle = await files.openBlob(contentId);
    copies.used(contentId);
    let bytes = 0;
    try {
      response.status(206).set({
        'content-type': 'application/octet-stream',
        'content-length': String(end - start),
        'content-range': `bytes ${String(start)}-${String(end - 1)}/${String(size)}`,
      });
      response.setTimeout(stallMs, () => response.destroy());
      await sendFile(handle, range, response, (more) => {
        bytes += more;
      });
      response.end();
    } catch (error) {
      if (!response.headersSent) throw error;
      response.destroy(); // how HTTP says that the body is not whole
      if (!(error instanceof EnxameError)) throw error;
    } finally {
      await handle.close();
      deps.onSent({ contentId, name, bytes, isDownload: false, userId: undefined });
    }
  });
  // Receivers bring a receipt to whoever gave them bytes; the tracker's own giving needs none.
  router.post('/v1/content/:contentId/receipt', async (request, response) => {
    await open(request);
    request.resume();
    response.status(200).set('content-length', '0').end();
  });
  return router;
}
