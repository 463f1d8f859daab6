import { deadline } from '../deadline.js';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Sealing } from '../sealing/sealing-threads.js';
import { createByteReader } from './byte-reader.js';
import {
  askRelay,
  awaitChoice,
  chooseConnection,
  declineConnection,
  proveTransit,
  type ProvenConnection,
  type TransitKeys,
} from './handshake.js';
import type { DirectHint, Hints } from './hints.js';
import { createRecordPipe, type RecordPipe } from './record-pipe.js';

/** One way to the other side of a wormhole, found by trying all of them. */
export interface Transit {
  /** What the other side must be told. */
  readonly hints: Hints;
  /**
   * Dials what the other side told, and waits to be dialled; a relay only after a while, or when nothing else is known.
   * Throws `path-blocked` when nothing worked in time, `cancelled`.
   */
  connect(theirs: Hints): Promise<{ readonly pipe: RecordPipe; readonly path: 'direct' | 'relay' }>;
  /** Stops waiting to be dialled. Twice without harm. */
  close(): void;
}

export interface TransitOptions extends TransitKeys {
  /** The addresses of this computer that others may reach; none, and nobody is waited for. */
  readonly hosts: readonly string[];
  readonly relays: readonly DirectHint[];
  /** Tells our own connections to a relay apart from the other side's. */
  readonly side: string;
  readonly signal: AbortSignal;
  readonly sealing: Pick<Sealing, 'seal' | 'open'>;
}

const dialTimeoutMs = 10_000;
const handshakeTimeoutMs = 20_000;
const connectTimeoutMs = 60_000;
/** A direct way is better; this long it is waited for before a relay is asked. */
const relayDelayMs = 2000;
/** Strangers may dial us, too: so many at a time are listened to. */
const maxIncoming = 32;

type Path = 'direct' | 'relay';

export async function openTransit(options: TransitOptions): Promise<Transit> {
  const incoming = new Set<Socket>();
  let accept: (socket: Socket) => void = (socket) => incoming.add(socket);
  const server = options.hosts.length === 0 ? undefined : createServer({ noDelay: true });
  let port = 0;
  if (server) {
    server.maxConnections = maxIncoming;
    server.on('connection', (socket) => {
      socket.on('error', () => socket.destroy());
      accept(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port: 0, host: '::' }, resolve);
    });
    ({ port } = server.address() as AddressInfo);
  }
  const close = (): void => {
    server?.close();
    for (const socket of incoming) socket.destroy();
  };
  options.signal.addEventListener('abort', close, { once: true });
  const direct = options.hosts.map((hostname) => ({ type: 'direct-tcp-v1', hostname, port }) as const);

  return {
    hints: { direct, relays: options.relays },
    close,
    connect: async (theirs) => {
      const race = startRace(options);
      try {
        accept = (socket) => {
          race.enter(socket, 'direct');
        };
        for (const socket of incoming) race.enter(socket, 'direct');
        incoming.clear();
        for (const hint of theirs.direct) race.dial(hint, 'direct');
        const relays = uniqueHints([...options.relays, ...theirs.relays]);
        const isHopeful = theirs.direct.length > 0 || options.hosts.length > 0;
        race.later(isHopeful ? relayDelayMs : 0, () => {
          for (const hint of relays) race.dial(hint, 'relay');
        });
        const { connection, path } = await race.winner;
        return { pipe: createRecordPipe(connection, options.role, options.transitKey, options.sealing), path };
      } finally {
        race.end();
        close();
      }
    },
  };
}

interface Winner {
  readonly connection: ProvenConnection;
  readonly path: Path;
}

/** Connections that all try to be the one. The winner is left alone; the others are cut when the race ends. */
function startRace(options: TransitOptions): {
  readonly winner: Promise<Winner>;
  enter(socket: Socket, path: Path): void;
  dial(hint: DirectHint, path: Path): void;
  later(delayMs: number, run: () => void): void;
  end(): void;
} {
  const over = new AbortController();
  const sockets = new Set<Socket>();
  let win: (winner: Winner) => void = () => undefined;
  let lose: (error: EnxameError) => void = () => undefined;
  let chosen: Socket | undefined;
  const winner = new Promise<Winner>((resolve, reject) => {
    win = resolve;
    lose = reject;
  });
  const limit = AbortSignal.any([options.signal, deadline(connectTimeoutMs)]);
  const giveUp = (): void => {
    lose(new EnxameError(options.signal.aborted ? 'cancelled' : 'path-blocked'));
  };
  limit.addEventListener('abort', giveUp, { once: true });
  if (limit.aborted) giveUp();

  async function run(socket: Socket, path: Path): Promise<void> {
    const connection = { socket, reader: createByteReader(socket) };
    const timer = setTimeout(() => socket.destroy(), path === 'relay' ? connectTimeoutMs : handshakeTimeoutMs);
    try {
      if (path === 'relay') await askRelay(connection, options.transitKey, options.side);
      await proveTransit(connection, options);
      if (options.role === 'receiver') await awaitChoice(connection);
      if (chosen) {
        declineConnection(connection);
        return;
      }
      chosen = socket;
      if (options.role === 'sender') chooseConnection(connection);
      win({ connection, path });
    } catch (error) {
      socket.destroy();
      if (!(error instanceof EnxameError)) throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  function enter(socket: Socket, path: Path): void {
    if (over.signal.aborted) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once('close', () => sockets.delete(socket));
    run(socket, path).catch((error: unknown) => {
      lose(new EnxameError('internal', undefined, { cause: error }));
    });
  }

  return {
    winner,
    enter,
    dial: ({ hostname, port }, path) => {
      const socket = connect({ host: hostname, port, timeout: dialTimeoutMs });
      socket.on('error', () => socket.destroy());
      socket.once('timeout', () => socket.destroy());
      sockets.add(socket);
      socket.once('connect', () => {
        socket.setTimeout(0);
        enter(socket, path);
      });
    },
    later: (delayMs, work) => {
      wait(delayMs, undefined, { signal: over.signal }).then(work, () => undefined); // the race is over
    },
    end: () => {
      limit.removeEventListener('abort', giveUp);
      over.abort();
      for (const socket of sockets) if (socket !== chosen) socket.destroy();
    },
  };
}

function uniqueHints(hints: readonly DirectHint[]): DirectHint[] {
  return [...new Map(hints.map((hint) => [`${hint.hostname} ${String(hint.port)}`, hint])).values()];
}
