import { apiRoutes, type ApiRoute } from '@enxame/shared/tracker/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { askHttp, joinWeb } from '../test-kit/web-user.js';

const rounds = Number(process.env['ENXAME_FUZZ_ROUNDS'] ?? 400);
const seed = Number(process.env['ENXAME_FUZZ_SEED'] ?? 20_261_121);

/** mulberry32: the same numbers from the same seed. */
function createRandom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = createRandom(seed);
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

const oddTexts = ['', '0', '-1', '1e999', 'null', '__proto__', '../../etc/passwd', '%00', 'a\r\nx: y', '<script>', '💥', 'x'.repeat(5000), 'a'.repeat(52), 'f'.repeat(64), 'A'.repeat(22)]; // prettier-ignore
const oddValues: readonly unknown[] = [...oddTexts, 0, -1, 1.5, 2 ** 60, true, null, [], {}, [[[]]], { __proto__: 1 }];

let net: TestTracker;
let tokens: readonly (string | undefined)[];
beforeAll(async () => {
  net = await startTestTracker({ limits: { apiRequestsPerMinute: 1e6, signInsPerMinute: 1e6, uploadsPerMinute: 1e6 } });
  await joinWeb(net, 'Zeca');
  const { token } = await joinWeb(net, 'Ana');
  tokens = [token, token, token, undefined, 'enx_x'];
});
afterAll(async () => {
  await net.close();
});

function toPath({ path, query }: ApiRoute): string {
  const filled = path.replaceAll(/:\w+/g, () => encodeURIComponent(pick(oddTexts)) || 'x');
  const names = ['q', 'limit', 'cursor', 'pass', 'inline', 'lifeMs', 'offset', 'after', 'sort', 'x'];
  const asked = query ? Array.from({ length: 3 }, () => `${pick(names)}=${encodeURIComponent(pick(oddTexts))}`) : [];
  return asked.length > 0 ? `${filled}?${asked.join('&')}` : filled;
}

function toBody(route: ApiRoute): RequestInit {
  if (route.method === 'get') return {};
  if (route.files !== undefined) {
    const type = pick(['multipart/form-data; boundary=x', 'multipart/form-data', 'text/plain']);
    const part = '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc\r\n';
    return { body: pick([part, `${part}--x--\r\n`, '--x--', '', '\r\n\r\n']), headers: { 'content-type': type } };
  }
  const keys = ['name', 'target', 'password', 'scopes', 'nonce', 'userKey', 'signature', 'lifeMs', '__proto__'];
  const json = JSON.stringify(Object.fromEntries(Array.from({ length: 4 }, () => [pick(keys), pick(oddValues)])));
  return { body: pick([json, json, '{"a":', '[]', '"x"', '']), headers: { 'content-type': 'application/json' } };
}

describe('the HTTP API under noise', () => {
  it(`H6: nothing that comes is an unforeseen failure (seed ${String(seed)})`, { timeout: 120_000 }, async () => {
    const routes = Object.values<ApiRoute>(apiRoutes).filter(({ path }) => path !== '/stats');
    for (let round = 0; round < rounds; round++) {
      const route = pick(routes);
      const path = toPath(route);
      const token = pick(tokens);
      const init = toBody(route);
      const options = { method: route.method.toUpperCase(), init, ...(token !== undefined && { token }) };
      const reply = await askHttp<unknown>(net, path, options);
      const what = `round ${String(round)}: ${route.method} ${path} ${typeof init.body === 'string' ? init.body : ''}`;
      if (reply.status >= 400) expect(reply.body, what).toHaveProperty('error.code');
      expect(JSON.stringify(reply.body), what).not.toContain('"internal"');
    }
    expect(net.logged).toEqual([]);
    expect((await askHttp(net, '/healthz')).status).toBe(200);
  });
});
