import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createPreviewFetch } from './preview-fetch.js';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return createPreviewFetch(() => port);
}

describe('previews of a window', () => {
  it('hand on the range, and of the answer what the page needs', async () => {
    let asked: IncomingMessage | undefined;
    const fetchPreview = await serve((request, response) => {
      asked = request;
      response.writeHead(206, {
        'content-type': 'video/webm',
        'content-range': 'bytes 2-3/9',
        'content-security-policy': 'sandbox',
        'set-cookie': 'a=b',
      });
      response.end('cd');
    });
    const response = await fetchPreview(new Request('app://enxame/preview/abc', { headers: { range: 'bytes=2-3' } }));
    expect([asked?.url, asked?.headers.range, asked?.headers.host?.split(':')[0]]).toEqual([
      '/preview/abc',
      'bytes=2-3',
      '127.0.0.1',
    ]);
    expect([response.status, await response.text()]).toEqual([206, 'cd']);
    expect(Object.fromEntries(response.headers)).toEqual({
      'content-type': 'video/webm',
      'content-range': 'bytes 2-3/9',
      'content-security-policy': 'sandbox',
    });
  });

  it('end at the engine when the page wants no more', async () => {
    let left: Promise<unknown> | undefined;
    const fetchPreview = await serve((_, response) => {
      left = once(response, 'close');
      response.write('a'.repeat(1000)); // and never ends
    });
    const response = await fetchPreview(new Request('app://enxame/preview/abc'));
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await left;
    const abort = new AbortController();
    const second = await fetchPreview(new Request('app://enxame/preview/abc', { signal: abort.signal }));
    expect(second.status).toBe(200);
    const gone = left;
    abort.abort();
    await gone;
  });

  it('say that no engine runs', async () => {
    const request = new Request('app://enxame/preview/abc');
    expect((await createPreviewFetch(() => undefined)(request)).status).toBe(503);
    const fetchPreview = await serve((_, response) => response.destroy());
    expect((await fetchPreview(request)).status).toBe(503);
  });
});
