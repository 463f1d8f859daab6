import type { PathKind } from '@enxame/shared/engine/transfer';
import { EnxameError, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PeerConnection } from '../peer-connection.js';
import { createPathRace } from './path-race.js';

const graceMs = 250;

interface Attempt {
  readonly signal: AbortSignal;
  works(): Promise<FakeConnection>;
  fails(code?: 'source-identity' | 'relay-refused' | 'source-unreachable'): Promise<void>;
}
type FakeConnection = Pick<PeerConnection, 'pathKind' | 'isClosed'> & { readonly closed: boolean };

function setUp() {
  const better: PathKind[] = [];
  const race = createPathRace({
    sourceName: 'Ana',
    graceMs,
    onBetter: ({ pathKind }) => better.push(pathKind),
  });
  const told: string[] = [];
  race.first.then(
    ({ pathKind }) => told.push(pathKind),
    (error: unknown) => told.push((error as EnxameError).code),
  );
  function begin(kind: PathKind): Attempt {
    let settle: { resolve: (connection: PeerConnection) => void; reject: (error: unknown) => void } | undefined;
    let signal = new AbortController().signal;
    race.begin(kind, (given) => {
      signal = given;
      return new Promise((resolve, reject) => (settle = { resolve, reject }));
    });
    return {
      get signal() {
        return signal;
      },
      works: async () => {
        const connection = {
          pathKind: kind,
          betterPathError: null as ErrorInfo | null,
          isClosed: false,
          closed: false,
          close: () => (connection.closed = connection.isClosed = true),
        };
        settle?.resolve(connection as never);
        await vi.advanceTimersByTimeAsync(0);
        return connection;
      },
      fails: async (code = 'source-unreachable') => {
        settle?.reject(new EnxameError(code));
        await vi.advanceTimersByTimeAsync(0);
      },
    };
  }
  return { race, told, better, begin };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the race of paths', () => {
  it('P65: takes the first at once when nothing better is under way, and gives up the others like it', async () => {
    const { told, begin } = setUp();
    const [lan, other] = [begin('lan'), begin('direct')];
    await lan.works();
    expect(told).toEqual(['lan']);
    expect(other.signal.aborted).toBe(true);
  });

  it('P65: waits a little for a better one that is under way, and closes the worse', async () => {
    const { told, better, begin } = setUp();
    const [relay, direct] = [begin('relay'), begin('direct')];
    const worse = await relay.works();
    await vi.advanceTimersByTimeAsync(graceMs - 1);
    expect(told).toEqual([]);
    await direct.works();
    expect([told, better, worse.closed]).toEqual([['direct'], [], true]);
  });

  it('P66: starts with what works, and tells each better one; a worse one that comes late is closed', async () => {
    const { told, better, begin } = setUp();
    const [relay, punched, reverse, direct] = [begin('relay'), begin('punched'), begin('reverse'), begin('direct')];
    const first = await relay.works();
    await vi.advanceTimersByTimeAsync(graceMs);
    expect(told).toEqual(['relay']);
    await reverse.works();
    const late = await punched.works();
    await direct.works();
    expect(better).toEqual(['reverse', 'direct']);
    expect([first.closed, late.closed]).toEqual([false, true]); // the first is its owner's
  });

  it('P67: says why no better path is used only when that is known', async () => {
    const { race, begin } = setUp();
    const [relay, direct] = [begin('relay'), begin('direct')];
    await relay.works();
    expect(race.errorAbove('relay')).toBeNull();
    await direct.fails();
    expect(race.errorAbove('relay')).toEqual({ code: 'path-blocked', params: { name: 'Ana' } });
    expect(race.errorAbove('direct')).toBeNull();
  });

  it.each([
    [['source-unreachable'], 'source-unreachable'],
    [['source-unreachable', 'source-identity', 'relay-refused'], 'source-identity'],
    [['source-unreachable', 'relay-refused'], 'relay-refused'],
    [[], 'source-unreachable'],
  ] as const)('with nothing but %j it fails with %s', async (codes, expected) => {
    const { race, told, begin } = setUp();
    const tries = codes.map((_, index) => begin((['lan', 'direct', 'relay'] as const)[index] ?? 'relay'));
    race.endRound();
    for (const [index, code] of codes.entries()) await tries[index]?.fails(code);
    await race.quiet;
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([expected]);
  });

  it('looks for a better one in another round', async () => {
    const { race, better, begin } = setUp();
    const relay = begin('relay');
    race.endRound();
    await relay.works();
    await race.quiet;
    race.newRound();
    const again = begin('relay');
    const direct = begin('direct');
    race.endRound();
    await again.works();
    await direct.works();
    await race.quiet;
    expect(better).toEqual(['direct']);
  });

  it('stopped before anything worked, it is cancelled, and closes what works later', async () => {
    const { race, told, begin } = setUp();
    const direct = begin('direct');
    race.stop();
    race.stop();
    const late = await direct.works();
    expect([told, late.closed, direct.signal.aborted]).toEqual([['cancelled'], true, true]);
  });
});
