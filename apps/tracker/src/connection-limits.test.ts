import { connect as connectTcp } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createFakeClock } from './test-kit/fake-clock.js';
import { startTestTracker } from './test-kit/test-tracker.js';

describe('limits of a connection', () => {
  it('T14: a connection without a session ends after its time, later when somebody is choosing a name', async () => {
    const clock = createFakeClock();
    const limited = await startTestTracker({ clock, limits: { sessionMs: 1000, onboardingMs: 5000 } });
    const [silent, choosing, open] = [await limited.connect(), await limited.connect(), await limited.connect()];
    await choosing.request('name:check', { name: 'Rui' });
    await open.register('Ana');
    await open.open();
    clock.advance(1000);
    await silent.disconnected;
    await choosing.request('name:check', { name: 'Eva' });
    clock.advance(4000);
    await choosing.disconnected;
    await open.request('catalogue:list', { query: {}, window: { offset: 0, limit: 50 } });
    await limited.close();
  });

  it('T14: too many requests in a second are refused, and a second later they are served', async () => {
    const limited = await startTestTracker({ limits: { requestsPerSecond: 20 } });
    const device = await limited.connect();
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => device.request('session:challenge', {})));
    const refused = results.filter((result) => result.status === 'rejected');
    // On a busy machine a request or two are served again before the last has come.
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThanOrEqual(10);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'rate-limited' });
    await limited.close();
  });

  it('T14: a connection that says nothing is ended', async () => {
    const limited = await startTestTracker({ limits: { firstByteMs: 20 } });
    const socket = connectTcp(limited.tracker.address.port, '127.0.0.1');
    await new Promise((resolve) => socket.once('close', resolve).resume());
    await limited.close();
  });

  it('T14: a request whose headers do not end is ended', async () => {
    const limited = await startTestTracker({ limits: { headersMs: 30 } });
    const socket = connectTcp(limited.tracker.address.port, '127.0.0.1');
    socket.write('GET /hello HTTP/1.1\r\nhost: x\r\n');
    const answer = await text(socket);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    await limited.close();
  });

  it('T14: connections past the limit are ended, and taken again when others left', async () => {
    const limited = await startTestTracker({ limits: { connections: 2 } });
    const first = await limited.connect();
    await limited.connect();
    await expect(limited.connect()).rejects.toThrow();
    first.close();
    await first.disconnected;
    await limited.close();
  });
});
