import type { Carrier } from '@enxame/shared/engine/carrier';
import type { EngineCalls } from '@enxame/shared/engine/calls';
import { createEngineClient, type EngineClient } from '@enxame/shared/engine/engine-client';
import type { EngineEvents } from '@enxame/shared/engine/events';
import type { EngineStatus } from '@enxame/shared/engine/status';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { PayloadIn, ReplyOf, RequestName } from '@enxame/shared/messages/request-table';

export type Codes = EngineEvents['codes:changed'];

/** What is known of the engine. Null: not yet, or not any more. */
export interface FeedState {
  readonly status: EngineStatus | null;
  readonly transfers: ReadonlyMap<string, Transfer>;
  readonly codes: Codes | null;
}

export interface EngineFeed {
  readonly state: FeedState;
  /** Takes the carrier to an engine that has just started; the one before is closed. */
  connect(carrier: Carrier): void;
  /** Throws `engine-stopped` while there is no engine. */
  call<N extends RequestName<EngineCalls>>(
    name: N,
    payload: PayloadIn<EngineCalls, N>,
  ): Promise<ReplyOf<EngineCalls, N>>;
  close(): void;
}

const nothing: FeedState = { status: null, transfers: new Map(), codes: null };

/**
 * What the shell itself hears of the engine, over a channel of its own like any interface: what moves, for the tray and
 * the task bar, and what has happened, for the notifications. Owns the client of the engine that runs now.
 */
export function createEngineFeed(deps: {
  /** After each change. `before.status` is null where all of it is new: what was there already is no news. */
  readonly onChange: (now: FeedState, before: FeedState) => void;
  readonly log: (error: unknown) => void;
}): EngineFeed {
  let state = nothing;
  let client: EngineClient | undefined;

  function set(next: FeedState): void {
    const before = state;
    state = next;
    deps.onChange(next, before);
  }

  async function load(own: EngineClient): Promise<void> {
    const [status, { transfers }, codes] = await Promise.all([
      own.call('status:get', {}),
      own.call('transfers:list', {}),
      own.call('codes:list', {}),
    ]);
    if (own === client)
      set({ status, transfers: new Map(transfers.map((transfer) => [transfer.id, transfer])), codes });
  }

  function connect(carrier: Carrier): void {
    client?.close();
    const own = createEngineClient(carrier);
    client = own;
    /** Events before the first answers are in those answers. */
    const isLoaded = (): boolean => own === client && state.status !== null;
    own.on('status:changed', (status) => {
      if (isLoaded()) set({ ...state, status });
    });
    own.on('codes:changed', (codes) => {
      if (isLoaded()) set({ ...state, codes });
    });
    own.on('transfers:changed', ({ upserted, removed }) => {
      if (!isLoaded()) return;
      const transfers = new Map(state.transfers);
      for (const transfer of upserted) transfers.set(transfer.id, transfer);
      for (const id of removed) transfers.delete(id);
      set({ ...state, transfers });
    });
    own.onClose(() => {
      if (own !== client) return;
      client = undefined;
      if (state.status !== null) set(nothing);
    });
    load(own).catch((error: unknown) => {
      // An engine that stopped meanwhile is started again, and that one is asked.
      if (own === client) deps.log(error);
    });
  }

  return {
    get state() {
      return state;
    },
    connect,
    call: (name, payload) => client?.call(name, payload) ?? Promise.reject(new EnxameError('engine-stopped')),
    close: () => {
      client?.close();
    },
  };
}
