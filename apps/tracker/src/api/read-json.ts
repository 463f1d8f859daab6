import type { IncomingMessage } from 'node:http';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

/** Ours are of a few hundred bytes, and come in one piece. */
const bodyTimeoutMs = 10_000;

/**
 * Reads a small JSON body, and leaves the connection fit for an answer, whatever it was. Throws `too-large`,
 * `bad-request`, `timed-out`, `cancelled` when the other side leaves.
 */
export function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const fail = (error: EnxameError): void => {
      leave();
      reject(error);
    };
    const late = setTimeout(() => {
      fail(new EnxameError('timed-out'));
    }, bodyTimeoutMs);
    const handleData = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > maxBytes) fail(new EnxameError('too-large'));
      else chunks.push(chunk);
    };
    const handleEnd = (): void => {
      leave();
      try {
        resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      } catch (error) {
        reject(new EnxameError('bad-request', { where: 'body' }, { cause: error }));
      }
    };
    const handleGone = (): void => {
      fail(new EnxameError('cancelled'));
    };
    function leave(): void {
      clearTimeout(late);
      request.off('data', handleData).off('end', handleEnd).off('error', handleGone).off('close', handleGone);
    }
    request.on('data', handleData).on('end', handleEnd).on('error', handleGone).on('close', handleGone);
  });
}
