import { describe, expect, it } from 'vitest';
import { createFakeClock } from '../test-kit/fake-clock.js';
import { toSpreadMs, untilQuiet, type Movement } from './drain.js';

function start(movement: Movement, deadlineMs = 10_000) {
  const clock = createFakeClock();
  const state = { ...movement };
  const hurry = new AbortController();
  let end: string | undefined;
  const done = untilQuiet({ clock, movement: () => state, deadlineMs, hurry: hurry.signal }).then((result) => {
    end = result;
  });
  const after = async (ms: number): Promise<string | undefined> => {
    clock.advance(ms);
    await Promise.resolve();
    return end;
  };
  return { state, hurry, done, after };
}

describe('draining', () => {
  it('T82: is over at once where nothing moves', async () => {
    const { after } = start({ requests: 0, relaysOpen: 0, relayBytes: 7 });
    expect(await after(0)).toBe('quiet');
  });

  it('T82: waits for requests, and for relayed connections in which something moves', async () => {
    const { state, after } = start({ requests: 1, relaysOpen: 1, relayBytes: 0 });
    expect(await after(3000)).toBeUndefined();
    state.requests = 0;
    state.relayBytes = 5;
    expect(await after(400)).toBeUndefined();
    expect(await after(1200)).toBe('quiet');
  });

  it('T82: ends at its deadline, or when it is hurried', async () => {
    const late = start({ requests: 1, relaysOpen: 0, relayBytes: 0 });
    expect(await late.after(9700)).toBeUndefined();
    expect(await late.after(500)).toBe('deadline');
    const hurried = start({ requests: 1, relaysOpen: 0, relayBytes: 0 });
    hurried.hurry.abort();
    expect(await hurried.after(0)).toBe('hurry');
  });

  it('T83: the more devices there are, the longer they are spread over', () => {
    expect([toSpreadMs(1), toSpreadMs(5000), toSpreadMs(1_000_000)]).toEqual([1000, 12_500, 20_000]);
  });
});
