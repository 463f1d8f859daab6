import { EnxameError, fromErrorInfo } from '../errors/enxame-error.js';
import type { PayloadIn, ReplyOf, RequestName } from '../messages/request-table.js';
import type { EngineCalls } from './calls.js';
import { answerIdSchema, engineFrameSchema, type Carrier } from './carrier.js';
import type { EngineEventName, EngineEvents } from './events.js';

type CallName = RequestName<EngineCalls>;
type Pending = { resolve: (reply: unknown) => void; reject: (error: unknown) => void };

/** The engine as an interface sees it. */
export interface EngineClient {
  /** Throws the EnxameError that the engine answered, or `engine-stopped` when the carrier closes first. */
  call<N extends CallName>(name: N, payload: PayloadIn<EngineCalls, N>): Promise<ReplyOf<EngineCalls, N>>;
  /** Returns what ends the subscription. */
  on<N extends EngineEventName>(event: N, listener: (payload: EngineEvents[N]) => void): () => void;
  onClose(listener: () => void): void;
  close(): void;
}

/**
 * Calls over a carrier. Owns the carrier. A call has no deadline: hashing a terabyte is an honest answer's time, and
 * an engine that dies closes its carrier.
 */
export function createEngineClient(carrier: Carrier): EngineClient {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, Set<(payload: never) => void>>();
  let nextId = 0;
  let closed = false;

  carrier.onFrame((raw) => {
    const frame = engineFrameSchema.safeParse(raw);
    if (!frame.success) {
      refuseAnswer(raw);
      return;
    }
    if ('event' in frame.data) {
      for (const listener of listeners.get(frame.data.event) ?? []) listener(frame.data.payload as never);
      return;
    }
    const waiting = pending.get(frame.data.id);
    pending.delete(frame.data.id);
    const { answer } = frame.data;
    if (answer.ok) waiting?.resolve(answer.reply);
    else waiting?.reject(fromErrorInfo(answer.error));
  });
  /** An answer of another version, not understood, still ends its call: calls have no deadline that would. */
  function refuseAnswer(raw: unknown): void {
    const answer = answerIdSchema.safeParse(raw);
    if (!answer.success) return;
    pending.get(answer.data.id)?.reject(new EnxameError('bad-request'));
    pending.delete(answer.data.id);
  }
  carrier.onClose(() => {
    closed = true;
    for (const { reject } of pending.values()) reject(new EnxameError('engine-stopped'));
    pending.clear();
  });

  return {
    call(name, payload) {
      if (closed) return Promise.reject(new EnxameError('engine-stopped'));
      const id = nextId++;
      return new Promise((resolve, reject) => {
        carrier.send({ id, call: name, payload }); // may throw, and then nothing is pending; answers come in a later turn
        pending.set(id, { resolve: resolve as Pending['resolve'], reject });
      });
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => void set.delete(listener);
    },
    onClose: (listener) => {
      carrier.onClose(listener);
    },
    close: () => {
      carrier.close();
    },
  };
}
