import type { Server as HttpsServer } from 'node:https';
import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { answerRequest, type Answer, type Handlers } from '@enxame/shared/messages/request-table';
import { maxMessageBytes, trackerRequests, type TrackerRequests } from '@enxame/shared/tracker/requests';
import { Server, type Socket } from 'socket.io';
import { Decoder } from 'socket.io-parser';
import type { Clock } from '../domain/clock.js';
import type { Session } from '../domain/session.js';
import type { Turns } from '../domain/turns.js';
import type { TrackerLimits } from '../limits.js';
import type { ClientAddresses } from '../operation/client-addresses.js';
import type { Broadcast } from './broadcast.js';
import type { Connection } from './connection.js';
import { createRequestLimits, isLarge } from './request-limits.js';
import { TextEncoder } from './text-encoder.js';

export interface SocketServer {
  readonly connections: number;
  /** Takes nothing new, answers what is under way, tells each when to come back, and ends all connections. */
  readonly drain: (toComeBackMs: () => number) => Promise<void>;
  /** Ends all connections, and waits for the answers under way. Twice without harm. */
  close(): Promise<void>;
}

/** A device that vanished is noticed after the sum of the two. */
const pingIntervalMs = 10_000;
const pingTimeoutMs = 10_000;
/** Of a Socket.IO packet: a connection that never says which namespace it wants is none. */
const connectTimeoutMs = 10_000;
const farewellMs = 1000;

/**
 * The Socket.IO side of the tracker: every event is looked up in the request table, and nothing else exists. A message
 * without acknowledgement function is dropped: there is nobody to answer.
 */
export function createSocketServer(deps: {
  readonly https: HttpsServer;
  readonly handlers: Handlers<TrackerRequests, Connection>;
  readonly onSessionEnd: (session: Session) => void;
  readonly onInternal: (error: unknown, name: string) => void;
  /** `outcome`: `ok` or the code of the error. A name that is in no table is `unknown`. */
  readonly onAnswered: (name: string, outcome: string, seconds: number) => void;
  readonly clients: ClientAddresses;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly turns: Turns;
  readonly limits: TrackerLimits;
}): SocketServer {
  const { handlers, limits } = deps;
  const requests = createRequestLimits(limits, deps.clock);
  const answering = new Set<Promise<void>>();
  const turnOf = new WeakMap<Connection, Promise<void>>();
  let isClosing = false;
  const io = new Server(deps.https, {
    transports: ['websocket'],
    allowUpgrades: false,
    destroyUpgrade: false, // http/upgrades.ts does, and knows of those that wait for their answer
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    parser: { Encoder: TextEncoder, Decoder },
    maxHttpBufferSize: maxMessageBytes,
    pingInterval: pingIntervalMs,
    pingTimeout: pingTimeoutMs,
    connectTimeout: connectTimeoutMs,
    allowRequest: (_request, allow) => {
      allow(null, !isClosing);
    },
  });

  deps.broadcast.attach(io);

  io.on('connection', (socket) => {
    const remoteHost = deps.clients.originOf(socket.request).host;
    const connection = createConnection(socket, remoteHost, deps.clock, limits);
    deps.broadcast.add(connection);
    socket.onAny((name: unknown, ...args: unknown[]) => {
      const ack = args.at(-1);
      if (typeof ack !== 'function' || isClosing) return;
      const startedAt = performance.now();
      const work = answer({ name, payload: args.length === 2 ? args[0] : undefined }, connection)
        .then((reply) => {
          (ack as (reply: Answer) => void)(reply);
          const known = typeof name === 'string' && Object.hasOwn(trackerRequests, name) ? name : 'unknown';
          deps.onAnswered(known, reply.ok ? 'ok' : reply.error.code, (performance.now() - startedAt) / 1000);
        })
        .finally(() => answering.delete(work));
      answering.add(work);
    });
    socket.on('disconnect', () => {
      const { session } = connection;
      connection.session = undefined;
      deps.broadcast.remove(connection);
      if (session) deps.onSessionEnd(session);
      requests.forget(connection);
    });
  });

  async function answer(
    message: { readonly name: unknown; readonly payload: unknown },
    connection: Connection,
  ): Promise<Answer> {
    try {
      requests.count(message.name, message.payload, connection);
    } catch (error) {
      if (!(error instanceof EnxameError)) throw error;
      return { ok: false, error: error.toJSON() };
    }
    await takeTurn(connection, message.payload);
    return answerRequest(trackerRequests, handlers, message, connection, deps.onInternal);
  }

  /**
   * Many large messages may arrive in one piece, and to check five hundred entries takes ten milliseconds: they are
   * checked one after the other, and what the same connection sent after one stays behind it.
   */
  async function takeTurn(connection: Connection, payload: unknown): Promise<void> {
    const before = turnOf.get(connection);
    if (!before && !isLarge(payload)) return;
    const turn = (before ?? Promise.resolve()).then(() => deps.turns.begin().next());
    turnOf.set(connection, turn);
    await turn;
    if (turnOf.get(connection) === turn) turnOf.delete(connection);
  }

  async function drain(toComeBackMs: () => number): Promise<void> {
    isClosing = true;
    await Promise.all(answering);
    for (const socket of io.of('/').sockets.values()) socket.emit('tracker:draining', { comeBackMs: toComeBackMs() });
    await close();
  }

  async function endAll(): Promise<void> {
    isClosing = true;
    await Promise.all(answering);
    const ends = [...io.of('/').sockets.values()].map(
      ({ conn }) => new Promise<void>((resolve) => conn.once('close', () => { resolve(); })), // prettier-ignore
    );
    io.disconnectSockets(true);
    // What was answered is on its way out; a connection that does not read is not waited for.
    const deadline = setTimeoutPromise(farewellMs, undefined, { ref: false });
    await Promise.race([Promise.all(ends), deadline]);
  }
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= endAll());
  return {
    get connections() {
      return io.of('/').sockets.size;
    },
    drain,
    close,
  };
}

function createConnection(socket: Socket, remoteHost: string, clock: Clock, limits: TrackerLimits): Connection {
  const end = (): void => {
    socket.disconnect(true);
  };
  const connectedAt = clock.now();
  let cancelDeadline = clock.after(limits.sessionMs, end);
  socket.once('disconnect', () => {
    cancelDeadline();
  });
  let waitingPackets = 0;
  socket.conn.on('packetCreate', () => waitingPackets++);
  socket.conn.on('drain', () => (waitingPackets = 0));
  const connection: Connection = {
    id: socket.id,
    remoteHost,
    nonce: undefined,
    session: undefined,
    startOnboarding: () => {
      if (connection.session) return;
      cancelDeadline();
      // From the connection on, so that asking again and again gains nothing.
      cancelDeadline = clock.after(Math.max(0, connectedAt + limits.onboardingMs - clock.now()), end);
    },
    keep: () => {
      cancelDeadline();
    },
    // Who does not read makes the tracker hold what was sent; a device that is cut off connects again and asks anew.
    isBehind: () => waitingPackets > limits.waitingPushes,
    push: (name, payload) => {
      if (connection.isBehind()) end();
      else socket.emit(name, payload);
    },
    end,
  };
  return connection;
}
