import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { parsePeerRefusal } from './peer-refusal.js';
import type { BodySink } from './response-reader.js';

/** A refusal is one line of JSON. */
const maxRefusalBytes = 4096;

/** Gathers a whole small body, and says what it means. */
export interface ResponseBody {
  readonly sink: BodySink;
  /** The body, when the status was the expected one. Throws what the peer answered instead, or `source-lied`. */
  take(): Buffer;
}

/** `maxBytes` is for the expected status. The memory for it is taken once, whatever the size of the pieces it comes in. */
export function createResponseBody(expectedStatus: number, maxBytes: number): ResponseBody {
  let body = Buffer.alloc(0);
  let filled = 0;
  let isExpected = false;
  return {
    sink: {
      onHead: ({ status, contentLength }) => {
        isExpected = status === expectedStatus;
        if (contentLength > (isExpected ? maxBytes : maxRefusalBytes)) throw new EnxameError('source-lied');
        body = Buffer.allocUnsafe(contentLength);
      },
      onBody: (chunk) => {
        body.set(chunk, filled);
        filled += chunk.length;
        return true;
      },
      onEnd: () => undefined,
    },
    take: () => {
      if (isExpected) return body;
      throw parsePeerRefusal(body.toString('utf8'));
    },
  };
}
