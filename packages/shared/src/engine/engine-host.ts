import { toErrorInfo } from '../errors/enxame-error.js';
import { answerRequest, type Answer, type Handlers } from '../messages/request-table.js';
import { engineCalls, type EngineCalls } from './calls.js';
import { callFrameSchema, type Carrier } from './carrier.js';
import type { EngineEventName, EngineEvents } from './events.js';

/** One interface that is connected to the engine. Watches belong to it and end with it. */
export interface EngineSession {
  readonly id: number;
  emit<N extends EngineEventName>(event: N, payload: EngineEvents[N]): void;
}

export type EngineHandlers = Handlers<EngineCalls, EngineSession>;

export interface EngineHost {
  /** Serves one interface until its carrier closes. */
  accept(carrier: Carrier): void;
  /** Interfaces that are there now. */
  readonly sessions: number;
  /** Tells every interface. */
  broadcast<N extends EngineEventName>(event: N, payload: EngineEvents[N]): void;
  close(): void;
}

/** The engine's end of the contract: answers calls, tells events. Owns the carriers that it accepted. */
export function createEngineHost(deps: {
  readonly handlers: EngineHandlers;
  readonly onInternal: (error: unknown, call: string) => void;
  readonly onSessionEnd: (session: EngineSession) => void;
}): EngineHost {
  const sessions = new Map<EngineSession, Carrier>();
  let nextSessionId = 0;
  let closed = false;

  function accept(carrier: Carrier): void {
    if (closed) {
      carrier.close();
      return;
    }
    const session: EngineSession = {
      id: nextSessionId++,
      emit: (event, payload) => {
        carrier.send({ event, payload });
      },
    };
    sessions.set(session, carrier);
    carrier.onClose(() => {
      if (sessions.delete(session)) deps.onSessionEnd(session);
    });
    carrier.onFrame((raw) => {
      const frame = callFrameSchema.safeParse(raw);
      if (!frame.success) {
        carrier.close(); // without an id there is nobody to answer
        return;
      }
      const { id, call, payload } = frame.data;
      void answerRequest(engineCalls, deps.handlers, { name: call, payload }, session, deps.onInternal).then(
        (answer) => {
          sendAnswer(carrier, id, call, answer);
        },
      );
    });
  }

  /** A reply that JSON cannot hold is a bug of its handler: told, and answered, so that the caller does not wait for ever. */
  function sendAnswer(carrier: Carrier, id: number, call: string, answer: Answer): void {
    try {
      carrier.send({ id, answer });
    } catch (error) {
      deps.onInternal(error, call);
      carrier.send({ id, answer: { ok: false, error: toErrorInfo(error) } });
    }
  }

  return {
    accept,
    get sessions() {
      return sessions.size;
    },
    broadcast: (event, payload) => {
      for (const carrier of sessions.values()) carrier.send({ event, payload });
    },
    close: () => {
      closed = true;
      for (const carrier of [...sessions.values()]) carrier.close();
    },
  };
}
