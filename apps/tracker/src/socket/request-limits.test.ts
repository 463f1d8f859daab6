import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { trackerRequests } from '@enxame/shared/tracker/requests';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../domain/session.js';
import { defaultLimits } from '../limits.js';
import { createFakeClock, type FakeClock } from '../test-kit/fake-clock.js';
import type { Connection } from './connection.js';
import { classOf, createRequestLimits, type RequestLimits } from './request-limits.js';
import { TokenBuckets } from './token-buckets.js';

const limits = {
  ...defaultLimits,
  requestsPerSecond: 20,
  requestTokens: {
    enter: { perSecond: 1, burst: 5 },
    change: { perSecond: 10, burst: 100 },
    look: { perSecond: 5, burst: 10 },
  },
  addressShare: 3,
};
let clock: FakeClock;
let requests: RequestLimits;
let connections = 0;
beforeEach(() => {
  clock = createFakeClock();
  requests = createRequestLimits(limits, clock);
});

function connect(userId: string | undefined, remoteHost: string): Connection {
  const session = userId === undefined ? undefined : ({ user: { id: userId } } as Session);
  return { id: `connection ${String(connections++)}`, remoteHost, session } as Connection;
}

/** How many are taken before one is refused, and what that one is told to wait. */
function takeAll(connection: Connection, name: string, payload: unknown = {}): [number, number] {
  for (let taken = 0; ; taken++) {
    try {
      requests.count(name, payload, connection);
    } catch (error) {
      if (!isErrorWithCode(error, 'rate-limited')) throw error;
      return [taken, Number(error.params?.['retryAfterMs'])];
    }
  }
}

describe('T73: what may be asked for', () => {
  it('is counted for a person over all devices, and is back when it was said to be', () => {
    const [one, other] = [connect('ana', '192.0.2.1'), connect('ana', '198.51.100.1')];
    expect(takeAll(one, 'catalogue:list')).toEqual([10, 200]);
    expect(takeAll(other, 'people:watch')).toEqual([0, 200]);
    expect(takeAll(connect('rui', '192.0.2.1'), 'catalogue:list')[0]).toBe(10);
    clock.advance(200);
    expect(takeAll(other, 'catalogue:list')).toEqual([1, 200]);
    // Another class is another bucket.
    expect(takeAll(one, 'entries:withdraw')[0]).toBeGreaterThan(0);
  });

  it('is counted by what a message names, and one that is refused costs nothing', () => {
    const ana = connect('ana', '192.0.2.1');
    const many = { entries: Array.from({ length: 500 }, () => ({})) };
    expect(takeAll(ana, 'entries:announce', many)).toEqual([2, 5000]);
    clock.advance(4999);
    expect(takeAll(ana, 'entries:announce', many)).toEqual([0, 1]);
    clock.advance(1);
    expect(takeAll(ana, 'entries:announce', many)[0]).toBe(1);
  });

  it('is counted for an address before anybody has a name, of IPv6 for a /64, of this computer not at all', () => {
    const hosts = ['2001:db8::1', '2001:db8::2', '2001:db8:0:1::1', '127.0.0.1'];
    const taken = hosts.map((host) => takeAll(connect(undefined, host), 'session:challenge')[0]);
    expect(taken).toEqual([15, 0, 15, limits.requestsPerSecond]);
  });

  it('is counted for a connection, whatever it asks', () => {
    const [first] = takeAll(connect('ana', '127.0.0.1'), 'entries:withdraw');
    expect(first).toBe(20);
  });

  it('has each request in a class: those that change are counted as changes', () => {
    const names = Object.keys(trackerRequests);
    const looking = names.filter((name) => classOf(name) === 'look');
    for (const name of looking) {
      expect(name).not.toMatch(/:(?:announce|withdraw|offer|retract|save|forget|create|revoke|ban|remove|set|leave)/);
    }
    expect(['entries:announce', 'search:save', 'sources:offer', 'no:such'].map(classOf)).toEqual(
      Array(4).fill('change'),
    );
    expect(['session:open', 'name:check'].map(classOf)).toEqual(['enter', 'enter']);
  });

  it('is forgotten when the buckets are full again: many addresses take no memory for ever', () => {
    const buckets = new TokenBuckets({ perSecond: 10, burst: 10 }, clock);
    for (let index = 0; index < 25_000; index++) {
      if (index % 5000 === 0) clock.advance(1000);
      buckets.take(String(index), 1);
    }
    expect(buckets.size).toBeLessThan(15_001);
  });
});
