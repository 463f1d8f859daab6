import { request as requestHttp } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createFailingWrites } from '../test-kit/failing-writes.js';
import { startTestTracker, type TestTracker } from '../test-kit/test-tracker.js';

let net: TestTracker;
afterEach(() => net.close());

function get(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number | undefined; text: string; headers: Record<string, unknown> }>(
    (resolve, reject) => {
      const call = requestHttp(
        { host: '127.0.0.1', port: net.tracker.address.port, path, headers, agent: false },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk));
          response.on('end', () => {
            resolve({ status: response.statusCode, text, headers: response.headers });
          });
        },
      );
      call.on('error', reject);
      call.end();
    },
  );
}

describe('operation', () => {
  it('T81: counts what it does, by names of the tables only', async () => {
    net = await startTestTracker();
    const device = await net.join('Ana');
    await device.raw('no:such', {});
    await expect(device.register('Bia')).rejects.toMatchObject({ code: 'already-registered' });
    await get('/no/such/place');
    await get('/healthz');
    const { status, text, headers } = await get('/metrics');
    expect([status, headers['content-type']]).toEqual([200, expect.stringContaining('text/plain; version=0.0.4')]);
    for (const line of [
      'enxame_connections 1',
      'enxame_sessions 1',
      'enxame_users 1',
      'enxame_users_online 1',
      'enxame_entries 0',
      'enxame_ready 1',
      'enxame_requests_total{name="session:open",outcome="ok"} 1',
      'enxame_requests_total{name="user:register",outcome="already-registered"} 1',
      'enxame_requests_total{name="unknown",outcome="not-supported"} 1',
      'enxame_http_requests_total{route="/healthz",status="200"} 1',
      'enxame_http_requests_total{route="none",status="404"} 1',
      'enxame_disk_errors_total 0',
    ]) expect(text.split('\n')).toContain(line); // prettier-ignore
    expect(text).toContain('enxame_event_loop_delay_seconds{quantile="0.99"}');
    expect(text).not.toContain('no:such');
  });

  it.each(['x-forwarded-for', 'forwarded', 'via'])(
    'T81: shows /metrics to nobody behind a proxy (%s)',
    async (name) => {
      net = await startTestTracker();
      expect(await get('/metrics', { [name]: '127.0.0.1' })).toMatchObject({ status: 404 });
    },
  );

  it.each(['admin', 'off'] as const)('T81: shows /metrics to nobody without permission (%s)', async (metrics) => {
    net = await startTestTracker({ metrics });
    expect((await get('/metrics')).status).toBeGreaterThanOrEqual(401);
  });

  it('T80: is not ready while its disk takes no writes, and counts that', async () => {
    const disk = createFailingWrites();
    net = await startTestTracker({ writeFile: disk.writeFile });
    const device = await net.join('Ana');
    expect((await get('/readyz')).status).toBe(200);
    disk.fail();
    const other = await net.connect();
    await expect(other.register('Bia')).rejects.toMatchObject({ code: 'tracker-storage-full' });
    expect([(await get('/readyz')).status, (await get('/healthz')).status]).toEqual([503, 200]);
    expect((await get('/metrics')).text).toMatch(/^enxame_disk_errors_total [1-9]/m);
    disk.recover();
    await other.register('Bia');
    expect((await get('/readyz')).status).toBe(200);
    device.close();
  });

  it('T82: drains: not ready, nothing new, everybody is told when to come back', async () => {
    net = await startTestTracker();
    const device = await net.join('Ana');
    const told = device.pushed('tracker:draining');
    const hurry = new AbortController();
    // A request whose body never ends is one that is under way.
    const slow = connect(net.tracker.address.port, '127.0.0.1');
    slow.on('error', () => undefined);
    slow.write('POST /session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{');
    await expect.poll(async () => (await get('/metrics')).status).toBe(200);
    const drained = net.tracker.drain(60_000, hurry.signal);
    expect((await told).comeBackMs).toBeLessThanOrEqual(1000);
    await device.disconnected;
    expect((await get('/readyz')).status).toBe(503);
    expect((await get('/healthz')).status).toBe(200);
    const refused = await get('/hello');
    expect([refused.status, refused.headers['retry-after'], refused.text]).toEqual([
      503,
      '5',
      '{"error":{"code":"tracker-draining"}}',
    ]);
    await expect(net.connect()).rejects.toThrow();
    hurry.abort();
    expect(['hurry', 'quiet']).toContain(await drained);
    slow.destroy();
  });

  it('T86: without plain HTTP, this computer and TLS are served all the same', async () => {
    net = await startTestTracker({ plainHttp: false });
    expect((await get('/healthz')).status).toBe(200);
    await net.join('Ana');
  });
});
