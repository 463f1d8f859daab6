import type { Carrier } from '@enxame/shared/engine/carrier';
import { createEngineHost, type EngineHost } from '@enxame/shared/engine/engine-host';
import { createMemoryCarrierPair } from '@enxame/shared/engine/memory-carrier';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createScenarioEngine } from '../testing/scenario-engine.js';
import type { CarrierSource } from './carrier-source.js';
import { systemClock } from './clock.js';
import { createEngineLink, type EngineLink } from './engine-link.js';

/** A source whose dials reach a host, until `refuse` is set: then its carriers close at once. */
function createHostSource(
  host: EngineHost,
): CarrierSource & { refuse: boolean; dialled: number; last: Carrier | undefined } {
  let onCarrier: (carrier: Carrier) => void = () => undefined;
  const source = {
    dials: true,
    refuse: false,
    dialled: 0,
    last: undefined as Carrier | undefined,
    start: (listen: (carrier: Carrier) => void) => {
      onCarrier = listen;
    },
    dial: () => {
      source.dialled++;
      const [near, far] = createMemoryCarrierPair();
      source.last = far;
      if (!source.refuse) host.accept(far);
      onCarrier(near);
      if (source.refuse) far.close();
      return true;
    },
    close: () => undefined,
  };
  return source;
}

describe('the link to the engine', () => {
  let source: ReturnType<typeof createHostSource>;
  let link: EngineLink;
  let host: EngineHost;
  beforeEach(() => {
    vi.useFakeTimers();
    const scenario = createScenarioEngine({ rows: 10 });
    host = createEngineHost({
      handlers: scenario.handlers,
      onInternal: (error) => {
        throw error;
      },
      onSessionEnd: () => undefined,
    });
    source = createHostSource(host);
    link = createEngineLink({ source, clock: systemClock });
  });
  afterEach(() => {
    link.close();
    host.close();
    vi.useRealTimers();
  });

  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

  it('is open when the engine has answered its status', async () => {
    const opened = vi.fn();
    link.onOpen(opened);
    link.dial();
    expect(link.state.getState().phase).toBe('connecting');
    await settle();
    expect(link.state.getState().phase).toBe('open');
    expect(opened).toHaveBeenCalledOnce();
  });

  it('says so at once when it closes, and dials again by itself', async () => {
    link.dial();
    await settle();
    source.last?.close();
    await settle();
    expect(link.state.getState()).toMatchObject({ phase: 'closed', everOpen: true });
    await expect(link.call('status:get', {})).rejects.toMatchObject({ code: 'engine-stopped' });
    await vi.advanceTimersByTimeAsync(500);
    expect(link.state.getState().phase).toBe('open');
  });

  it('waits longer after each failure, and not at all when told to try now', async () => {
    source.refuse = true;
    link.dial();
    await settle();
    const waits: number[] = [];
    for (let i = 0; i < 7; i++) {
      const wait = (link.state.getState().nextTryAt ?? 0) - Date.now();
      waits.push(wait);
      await vi.advanceTimersByTimeAsync(wait);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    source.refuse = false;
    link.dial();
    await settle();
    expect(link.state.getState().phase).toBe('open');
  });

  it('says at once that it cannot dial', () => {
    source.dial = () => false;
    link.dial();
    expect(link.state.getState()).toMatchObject({ phase: 'closed', everOpen: false, nextTryAt: null });
  });

  it('keeps subscriptions across a restart', async () => {
    const people = vi.fn();
    link.on('people:changed', people);
    link.dial();
    await settle();
    source.last?.close();
    await vi.advanceTimersByTimeAsync(500);
    host.broadcast('people:changed', { total: 0, people: [] });
    await settle();
    expect(people).toHaveBeenCalledOnce();
  });
});
