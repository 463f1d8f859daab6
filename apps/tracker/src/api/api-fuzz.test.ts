import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFuzzRequest } from '../test-kit/fuzz-http.js';
import { createRandom } from '../test-kit/seeded-random.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';
import { askHttp, joinWeb } from '../test-kit/web-user.js';

const rounds = Number(process.env['ENXAME_FUZZ_ROUNDS'] ?? 400);
const seed = Number(process.env['ENXAME_FUZZ_SEED'] ?? 20_261_121);

let net: TestTracker;
let tokens: readonly (string | undefined)[];
beforeAll(async () => {
  net = await startTestTracker({ limits: { apiRequestsPerMinute: 1e6, signInsPerMinute: 1e6, uploadsPerMinute: 1e6 } });
  const { token: adminToken } = await joinWeb(net, 'Zeca');
  const { token } = await joinWeb(net, 'Ana');
  tokens = [token, token, token, adminToken, undefined, 'enx_x'];
});
afterAll(async () => {
  await net.close();
});

describe('the HTTP API under noise', () => {
  it(`H6: nothing that comes is an unforeseen failure (seed ${String(seed)})`, { timeout: 120_000 }, async () => {
    const random = createRandom(seed);
    for (let round = 0; round < rounds; round++) {
      const { method, path, init } = createFuzzRequest(random);
      const token = tokens[random(tokens.length)];
      const reply = await askHttp<unknown>(net, path, { method, init, ...(token !== undefined && { token }) });
      const what = `round ${String(round)}: ${method} ${path} ${typeof init.body === 'string' ? init.body : ''}`;
      if (reply.status >= 400) expect(reply.body, what).toHaveProperty('error.code');
      expect(JSON.stringify(reply.body), what).not.toContain('"internal"');
    }
    expect(net.logged).toEqual([]);
    expect((await askHttp(net, '/healthz')).status).toBe(200);
  });
});
