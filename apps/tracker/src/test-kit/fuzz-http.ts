import { apiRoutes } from '@enxame/shared/tracker/api';
import type { ApiRoute } from '@enxame/shared/tracker/api-route';
import type { Random } from './seeded-random.js';

const oddTexts: readonly string[] = [
  '',
  '0',
  '-1',
  '1e999',
  'null',
  '__proto__',
  '../../etc/passwd',
  '%00',
  'a\r\nx: y',
  '<script>',
  '💥',
  'x'.repeat(5000),
  'a'.repeat(52),
  'f'.repeat(64),
  'A'.repeat(22),
];
const oddValues: readonly unknown[] = [...oddTexts, 0, -1, 1.5, 2 ** 60, true, null, [], {}, [[[]]], { __proto__: 1 }];
const queryNames = ['q', 'limit', 'cursor', 'pass', 'inline', 'lifeMs', 'offset', 'after', 'sort', 'x'];
const bodyKeys = ['name', 'target', 'password', 'scopes', 'nonce', 'userKey', 'signature', 'lifeMs', '__proto__'];
const routes = Object.values<ApiRoute>(apiRoutes).filter(({ path }) => path !== '/stats');

/** A request of a route of the table, with whatever in its path, its query and its body. */
export interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly init: RequestInit;
}

export function createFuzzRequest(random: Random): FuzzRequest {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  const route = pick(routes);
  return { method: route.method.toUpperCase(), path: toPath(route), init: toBody(route) };

  function toPath({ path, query }: ApiRoute): string {
    const filled = path.replaceAll(/:\w+/g, () => encodeURIComponent(pick(oddTexts)) || 'x');
    const asked = query
      ? Array.from({ length: 3 }, () => `${pick(queryNames)}=${encodeURIComponent(pick(oddTexts))}`)
      : [];
    return asked.length > 0 ? `${filled}?${asked.join('&')}` : filled;
  }

  function toBody({ method, files }: ApiRoute): RequestInit {
    if (method === 'get') return {};
    if (files !== undefined) {
      const type = pick(['multipart/form-data; boundary=x', 'multipart/form-data', 'text/plain']);
      const part = '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc\r\n';
      return { body: pick([part, `${part}--x--\r\n`, '--x--', '', '\r\n\r\n']), headers: { 'content-type': type } };
    }
    const json = JSON.stringify(Object.fromEntries(Array.from({ length: 4 }, () => [pick(bodyKeys), pick(oddValues)])));
    return {
      body: pick([json, json, '{"a":', '[]', '"x"', '']),
      headers: { 'content-type': 'application/json' },
    };
  }
}
