import type { FileHandle } from 'node:fs/promises';
import { parseRange, type ByteRange } from '@enxame/engine/peer/byte-range';
import { sendFile } from '@enxame/engine/peer/send-file';
import type { ContentId } from '@enxame/shared/ids';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { create as createDisposition } from 'content-disposition';
import type { ApiCall } from './api-handlers.js';
import { toMediaType } from './media-type.js';

/** Who takes nothing for so long has gone. */
const stallMs = 60_000;

/** A content that can be sent from any byte on. */
export interface SendableContent {
  readonly contentId: ContentId;
  readonly sha256: string | null;
  readonly name: string;
  readonly size: number;
  /** Where the bytes sent are not the content's own; the contentId otherwise. */
  readonly etag?: string;
  /** Only all of it can be had: ranges are ignored, and said to be. */
  readonly isWholeOnly?: boolean;
  /** Sends a part of it; `onSent` gets the bytes handed to the socket. Throws `cancelled` when the other side leaves. */
  send(range: ByteRange, onSent: (bytes: number) => void): Promise<void>;
}

/** What went out. */
export interface Sent {
  readonly bytes: number;
  /** The range went out to the end of the content, all of it. */
  readonly isComplete: boolean;
  /** It began with the first byte. */
  readonly isFromStart: boolean;
}

/**
 * Answers with a content or a part of it: Range, If-Range, If-None-Match, HEAD (RFC 9110). What a browser could run it
 * must save, and what it shows has no origin. When a byte cannot be had, the connection is cut: never a short answer.
 * `onStart` is asked before the first byte of an answer that counts. Undefined: nothing was to be sent.
 */
export async function sendContent(
  { request, response }: ApiCall,
  content: SendableContent,
  options: { readonly inline: boolean; readonly onStart?: (range: ByteRange) => Promise<void> },
): Promise<Sent | undefined> {
  const etag = `"${content.etag ?? content.contentId}"`;
  const media = toMediaType(content.name);
  const isInline = options.inline && media.mayShow;
  response.set({
    'accept-ranges': content.isWholeOnly ? 'none' : 'bytes',
    etag,
    'cache-control': 'private, no-cache',
    'content-type': media.type,
    'content-disposition': createDisposition(content.name, { type: isInline ? 'inline' : 'attachment' }),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  });
  if (content.sha256 !== null) {
    response.set('repr-digest', `sha-256=:${Buffer.from(content.sha256, 'hex').toString('base64')}:`);
  }
  if (hasTag(request.headers['if-none-match'], etag)) {
    response.status(304).end();
    return undefined;
  }
  const ifRange = request.headers['if-range'];
  const mayRange = content.isWholeOnly !== true && (ifRange === undefined || ifRange === etag);
  const range = mayRange ? parseRange(request.headers.range, content.size) : undefined;
  if (range === null) {
    response.status(416).removeHeader('content-disposition');
    response.set({ 'content-range': `bytes */${String(content.size)}`, 'content-type': 'text/plain' }).end();
    return undefined;
  }
  const { start, end } = range ?? { start: 0, end: content.size };
  if (range) response.set('content-range', `bytes ${String(start)}-${String(end - 1)}/${String(content.size)}`);
  response.status(range ? 206 : 200).set('content-length', String(end - start));
  if (request.method === 'HEAD') {
    response.end();
    return undefined;
  }
  try {
    await options.onStart?.({ start, end });
  } catch (error) {
    for (const name of response.getHeaderNames()) if (contentHeaders.has(name)) response.removeHeader(name);
    throw error;
  }
  return sendBody(response, content, { start, end });
}

const contentHeaders = new Set([
  'accept-ranges', 'etag', 'content-type', 'content-disposition', 'content-length', 'content-range', 'repr-digest', 'cache-control',
]); // prettier-ignore

async function sendBody(
  response: ApiCall['response'],
  content: SendableContent,
  { start, end }: ByteRange,
): Promise<Sent> {
  let bytes = 0;
  response.setTimeout(stallMs, () => response.destroy());
  try {
    await content.send({ start, end }, (more) => {
      bytes += more;
    });
  } catch (error) {
    // Before the first byte there is still an answer to give.
    if (!response.headersSent) throw error;
    response.destroy();
    if (!(error instanceof EnxameError)) throw error;
    return { bytes, isComplete: false, isFromStart: start === 0 };
  }
  await new Promise<void>((resolve) => {
    response.end(resolve);
    response.once('close', resolve);
  });
  const isWhole = end === content.size && response.writableFinished;
  return { bytes, isComplete: isWhole, isFromStart: start === 0 };
}

const hasTag = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag || tag.trim() === '*');

/** From a file that is here. Closes the handle. */
export function fromFile(
  facts: Omit<SendableContent, 'send'>,
  open: () => Promise<FileHandle>,
  response: ApiCall['response'],
): SendableContent {
  return {
    ...facts,
    send: async (range, onSent) => {
      const handle = await open();
      try {
        await sendFile(handle, range, response, onSent);
      } finally {
        await handle.close();
      }
    },
  };
}
