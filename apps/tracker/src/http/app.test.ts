import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { TLSSocket } from 'node:tls';
import { toCertificateHash } from '@enxame/identity/certificate';
import { checkSignature, parsePublicKey, toTrackerId } from '@enxame/identity/public-key';
import { certificateStatement } from '@enxame/shared/identity/grant';
import { helloSchema } from '@enxame/shared/tracker/hello';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';

let net: TestTracker;
beforeAll(async () => {
  net = await startTestTracker();
});
afterAll(async () => {
  expect(net.logged).toEqual([]);
  await net.close();
});

interface Reply {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly certificate: Buffer | undefined;
}

function ask(scheme: 'http' | 'https', path: string, method = 'GET', body?: string): Promise<Reply> {
  const request = scheme === 'http' ? requestHttp : requestHttps;
  const options = {
    host: '127.0.0.1',
    port: net.tracker.address.port,
    path,
    method,
    rejectUnauthorized: false,
    agent: false,
  };
  return new Promise((resolve, reject) => {
    const call = request(options, (response) => {
      const { socket } = response;
      const certificate = socket instanceof TLSSocket ? socket.getPeerCertificate().raw : undefined;
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const isJson = /json/.test(response.headers['content-type'] ?? '');
        const { statusCode: status, headers } = response;
        resolve({ status, headers, body: isJson ? (JSON.parse(text) as unknown) : text, certificate });
      });
    });
    call.on('error', reject);
    call.end(body);
  });
}

describe('HTTP on the one port', () => {
  it('T1: hello over TLS proves the certificate of the connection', async () => {
    const { status, body, certificate = Buffer.alloc(0) } = await ask('https', '/hello');
    const hello = helloSchema.parse(body);
    expect([status, hello.trackerId, hello.name, hello.usersOnline]).toEqual([
      200,
      net.tracker.trackerId,
      'test network',
      0,
    ]);
    const key = parsePublicKey(hello.key, 'ed25519');
    expect(toTrackerId(key)).toBe(hello.trackerId);
    const statement = certificateStatement({
      trackerId: hello.trackerId,
      certificateHash: toCertificateHash(certificate),
    });
    checkSignature(key, statement, hello.certificateProof ?? '');
  });

  it('T1: hello over plain HTTP proves nothing, and counts who is online', async () => {
    await net.join('Ana');
    expect(helloSchema.parse((await ask('http', '/hello')).body)).toMatchObject({
      certificateProof: null,
      usersOnline: 1,
    });
  });

  it.each(['/healthz', '/readyz'])('T2: %s answers over both', async (path) => {
    for (const scheme of ['http', 'https'] as const) {
      expect(await ask(scheme, path)).toMatchObject({ status: 200, body: { ok: true } });
    }
  });

  it.each([
    ['GET', '/nope', 404, 'not-found'],
    ['GET', '/hello/../../etc/passwd', 404, 'not-found'],
    ['GET', '/%E0%A4%A', 404, 'not-found'],
    ['GET', `/${'a'.repeat(8000)}`, 404, 'not-found'],
    ['POST', '/hello', 404, 'not-found'],
    ['POST', '/healthz', 404, 'not-found'],
    ['DELETE', '/readyz', 404, 'not-found'],
    ['OPTIONS', '/nope', 404, 'not-found'],
  ])('T3: %s %s answers %d %s', async (method, path, status, code) => {
    for (const scheme of ['http', 'https'] as const) {
      const body = method === 'POST' ? '{"broken' : undefined;
      expect(await ask(scheme, path, method, body)).toMatchObject({ status, body: { error: { code } } });
    }
  });

  it('T3: Socket.IO is not there over plain HTTP', async () => {
    expect(await ask('http', '/socket.io/?EIO=4&transport=websocket')).toMatchObject({ status: 404 });
  });

  it('T14: every answer forbids what a page of the tracker would not need', async () => {
    const { headers } = await ask('https', '/nope');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });
});
