import type { Socket } from 'node:net';

/** The requests of one connection, answered one after the other. */
export interface RequestTurns {
  /** `answer` never throws. More requests at once than a peer of ours makes end the connection. */
  take(socket: Socket, answer: () => Promise<void>): void;
  /** Waits for all that is being answered: their files are closed then. */
  idle(): Promise<void>;
}

/** The next request may be read before the end of the last answer was noticed; more are a flood. */
const maxAtOnce = 2;

/**
 * Node calls its handler for each request that a peer pipelines, all at once, and tells an answer that waits behind
 * another nothing when the connection dies: its open file would stay open for ever. (docs/spec/peer-protocol.md, P4)
 */
export function createRequestTurns(): RequestTurns {
  const lines = new Map<Socket, { count: number; last: Promise<void> }>();
  return {
    take: (socket, answer) => {
      const line = lines.get(socket) ?? { count: 0, last: Promise.resolve() };
      if (line.count === maxAtOnce) {
        socket.destroy();
        return;
      }
      lines.set(socket, line);
      line.count++;
      line.last = line.last
        .then(() => (socket.destroyed ? undefined : answer()))
        .finally(() => {
          line.count--;
          if (line.count === 0) lines.delete(socket);
        });
    },
    idle: async () => {
      await Promise.all([...lines.values()].map(({ last }) => last));
    },
  };
}
