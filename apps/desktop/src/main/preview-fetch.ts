import { request as httpRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** What of an answer the page needs; the rest is between main and the engine. */
const passedOn = [
  'content-type',
  'content-length',
  'content-range',
  'accept-ranges',
  'content-security-policy',
  'x-content-type-options',
  'cache-control',
] as const;

/**
 * Fetches what the person looks at from the engine and hands it on as it comes: no faster than the page reads, and no
 * longer than it wants it. 503 while no engine runs. (docs/adr/0028)
 */
export function createPreviewFetch(port: () => number | undefined): (request: Request) => Promise<Response> {
  return (request) =>
    new Promise((resolve) => {
      const at = port();
      if (at === undefined) {
        resolve(new Response(null, { status: 503 }));
        return;
      }
      const range = request.headers.get('range');
      const asked = httpRequest({
        host: '127.0.0.1',
        port: at,
        path: new URL(request.url).pathname,
        headers: range === null ? {} : { range },
        agent: false, // a connection of its own: to end it is to end the reading
      });
      request.signal.addEventListener('abort', () => asked.destroy());
      asked.once('response', (answer) => {
        resolve(toResponse(answer));
      });
      // Before the answer: the engine has just stopped. After it: the body's stream ends with the error.
      asked.once('error', () => {
        resolve(new Response(null, { status: 503 }));
      });
      asked.end();
    });
}

function toResponse(answer: IncomingMessage): Response {
  const headers = new Headers();
  for (const name of passedOn) {
    const value = answer.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  const body = Readable.toWeb(answer) as ReadableStream<Uint8Array>;
  return new Response(body, { status: answer.statusCode ?? 502, headers });
}
