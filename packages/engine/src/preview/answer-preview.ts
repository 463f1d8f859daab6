import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PreviewType } from '@enxame/shared/content/preview-type';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import { parseRange } from '../peer/byte-range.js';
import type { PreviewContents } from './preview-contents.js';

export interface OpenPreview {
  readonly contentId: ContentId;
  readonly name: string;
  readonly size: number;
  readonly type: PreviewType;
}

/**
 * What somebody else made is shown, never run: opened by itself it is a document without an origin, without scripts,
 * and without a way to load anything. (V4)
 */
const sandboxed = "sandbox; default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'";
/** A browser's PDF viewer is a part of the browser, apart from every page, and does not run in a sandbox. */
const forViewer = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/** Answers with the range that was asked for, at the pace of who reads. The answer is over when it resolves. */
export async function answerPreview(
  contents: PreviewContents,
  { contentId, name, size, type }: OpenPreview,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') throw new EnxameError('not-supported');
  const headers = {
    'content-security-policy': type.kind === 'pdf' ? forViewer : sandboxed,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'accept-ranges': 'bytes',
  };
  const range = parseRange(request.headers.range, size);
  if (range === null) {
    response.writeHead(416, { ...headers, 'content-range': `bytes */${String(size)}`, 'content-length': 0 }).end();
    return;
  }
  const part = range ?? { start: 0, end: size };
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'content-type': type.mediaType,
    'content-length': part.end - part.start,
    'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`,
    ...(range && { 'content-range': `bytes ${String(part.start)}-${String(part.end - 1)}/${String(size)}` }),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  // A film that is paused reads nothing for as long as it is paused, and what is not here yet may take its time.
  response.setTimeout(0);
  response.flushHeaders();
  const left = new AbortController();
  const end = (): void => {
    left.abort();
  };
  response.once('close', end);
  if (response.closed) end();
  const cut = (): void => void response.destroy();
  signal.addEventListener('abort', cut);
  if (signal.aborted) cut();
  try {
    await contents.read(contentId, part, response, left.signal);
    response.end();
  } finally {
    signal.removeEventListener('abort', cut);
  }
}
