import type { Carrier } from '@enxame/shared/engine/carrier';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';
import { engineEvents, type EngineEventName, type EngineEvents } from '@enxame/shared/engine/events';
import type { EngineStatus } from '@enxame/shared/engine/status';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { CarrierSource } from './carrier-source.js';
import type { Clock } from './clock.js';

/** An engine that is there answers its status at once; one that does not is as good as gone. */
const firstAnswerMs = 10_000;
const firstRetryMs = 500;
const longestRetryMs = 15_000;

export interface LinkState {
  readonly phase: 'connecting' | 'open' | 'closed';
  /** Whether it was ever open: before that there is no content to keep. */
  readonly everOpen: boolean;
  /** Since when it is closed. */
  readonly closedAt: number | null;
  /** When the next try starts; null while one runs, or when a new carrier comes by itself. */
  readonly nextTryAt: number | null;
}

/** The engine as the page sees it: the same object across restarts of the engine. */
export interface EngineLink {
  readonly state: StoreApi<LinkState>;
  call: EngineClient['call'];
  /** Holds across reconnections. Returns what ends it. */
  on<N extends EngineEventName>(event: N, listener: (payload: EngineEvents[N]) => void): () => void;
  /** Each time the engine is there again, with its status. Returns what ends it. */
  onOpen(listener: (status: EngineStatus) => void): () => void;
  /** Starts, or tries again without waiting. */
  readonly dial: () => void;
  readonly close: () => void;
}

/**
 * Owns the carrier in use and the source of the next one. A carrier counts as open when the engine has answered its
 * status over it; when it closes, the next is dialled with growing pauses.
 */
export function createEngineLink(deps: { readonly source: CarrierSource; readonly clock: Clock }): EngineLink {
  const { source, clock } = deps;
  const state = createStore<LinkState>(() => ({
    phase: 'connecting',
    everOpen: false,
    closedAt: null,
    nextTryAt: null,
  }));
  const eventListeners = new Map<EngineEventName, Set<(payload: never) => void>>();
  const openListeners = new Set<(status: EngineStatus) => void>();
  let client: EngineClient | undefined;
  let failures = 0;
  let cancelRetry: () => void = () => undefined;
  let ended = false;

  function adopt(carrier: Carrier): void {
    cancelRetry();
    const previous = client;
    const adopted = createEngineClient(carrier);
    client = adopted;
    previous?.close();
    for (const event of Object.keys(engineEvents) as EngineEventName[]) {
      adopted.on(event, (payload) => {
        for (const listener of eventListeners.get(event) ?? []) listener(payload as never);
      });
    }
    const cancelDeadline = clock.after(firstAnswerMs, () => {
      adopted.close();
    });
    adopted.onClose(() => {
      cancelDeadline();
      if (client === adopted) handleClose();
    });
    adopted.call('status:get', {}).then(
      (status) => {
        cancelDeadline();
        if (client !== adopted) return;
        failures = 0;
        state.setState({ phase: 'open', everOpen: true, closedAt: null, nextTryAt: null });
        for (const listener of openListeners) listener(status);
      },
      () => {
        adopted.close(); // an engine that cannot tell its status is dialled again
      },
    );
  }

  function handleClose(): void {
    client = undefined;
    if (ended) return;
    const waitMs = Math.min(firstRetryMs * 2 ** failures++, longestRetryMs);
    const now = clock.now();
    const { closedAt, phase } = state.getState();
    state.setState({
      phase: 'closed',
      closedAt: phase === 'open' ? now : (closedAt ?? now),
      nextTryAt: source.dials ? now + waitMs : null,
    });
    if (source.dials) cancelRetry = clock.after(waitMs, dial);
  }

  function dial(): void {
    cancelRetry();
    if (ended || client) return;
    state.setState({ nextTryAt: null });
    if (!source.dial() && source.dials) state.setState({ phase: 'closed', closedAt: clock.now() });
  }

  source.start(adopt);
  return {
    state,
    call: (name, payload) => (client ? client.call(name, payload) : Promise.reject(new EnxameError('engine-stopped'))),
    on: (event, listener) => {
      const set = eventListeners.get(event) ?? new Set();
      eventListeners.set(event, set.add(listener));
      return () => void set.delete(listener);
    },
    onOpen: (listener) => {
      openListeners.add(listener);
      return () => void openListeners.delete(listener);
    },
    dial,
    close: () => {
      ended = true;
      cancelRetry();
      source.close();
      client?.close();
    },
  };
}
