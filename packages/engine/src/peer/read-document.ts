import type { IncomingMessage } from 'node:http';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

/** Ours are of a few hundred bytes, and come in one piece. */
const documentTimeoutMs = 10_000;

/** Reads a small JSON body. Throws `too-large`, `bad-request`, `timed-out`, `cancelled` when the other side leaves. */
export async function readDocument(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const late = setTimeout(() => {
    request.destroy(new EnxameError('timed-out'));
  }, documentTimeoutMs);
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw new EnxameError('too-large');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof EnxameError ? error : new EnxameError('cancelled', undefined, { cause: error });
  } finally {
    clearTimeout(late);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (error) {
    throw new EnxameError('bad-request', undefined, { cause: error });
  }
}
