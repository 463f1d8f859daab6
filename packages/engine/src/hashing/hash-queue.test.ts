import { describe, expect, it } from 'vitest';
import type { HashJob } from './hash-job.js';
import { createHashQueue } from './hash-queue.js';

let nextId = 1;
const job = (kind: HashJob['kind'], small = true): HashJob => ({
  id: nextId++,
  kind,
  small,
  maxParallel: () => 1,
  nextTurn: () => undefined,
  take: () => true,
  fail: () => undefined,
  restart: () => undefined,
});

describe('hash queue', () => {
  it('takes new manifests before those that go on, in the order in which they came', () => {
    const queue = createHashQueue();
    const [a, b, long] = [job('manifest'), job('manifest'), job('manifest')];
    queue.addContinuing(long);
    queue.add(a);
    queue.add(b);
    expect([queue.takeManifest(), queue.takeManifest(), queue.takeManifest(), queue.takeManifest()]).toEqual([
      a,
      b,
      long,
      undefined,
    ]);
  });

  it('lets a long manifest have its turn among endless new ones', () => {
    const queue = createHashQueue();
    const long = job('manifest');
    queue.addContinuing(long);
    for (let count = 0; count < 100; count++) queue.add(job('manifest'));
    const taken = Array.from({ length: 40 }, () => queue.takeManifest());
    expect(taken).toContain(long);
    expect(taken.indexOf(long)).toBeGreaterThan(10);
  });

  it('gives a worker its own large sum, and that a turn among endless small ones', () => {
    const queue = createHashQueue();
    const [own, other] = [job('sha256', false), job('sha256', false)];
    queue.add(other);
    expect(queue.takeSha256(own)).toBe(own);
    for (let count = 0; count < 100; count++) queue.add(job('sha256'));
    const taken = Array.from({ length: 40 }, () => queue.takeSha256(own));
    expect(taken).toContain(own);
    expect(taken).not.toContain(other);
    expect(taken[0]).not.toBe(own);
  });

  it('forgets what is removed', () => {
    const queue = createHashQueue();
    const a = job('manifest');
    queue.add(a);
    queue.remove(a);
    expect(queue.takeManifest()).toBeUndefined();
  });
});
