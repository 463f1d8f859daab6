import type { Server } from 'socket.io';
import type { PushAll } from '../domain/session.js';
import type { Connection } from './connection.js';

/** Pushes one thing to many connections: the message is made once, and not once for each. */
export interface Broadcast {
  readonly pushAll: PushAll;
  /** From then on what is pushed goes through this server. */
  attach(io: Server): void;
  add(connection: Connection): void;
  remove(connection: Connection): void;
}

export function createBroadcast(): Broadcast {
  const connections = new Map<string, Connection>();
  let server: Server | undefined;
  return {
    pushAll: (sessions, name, payload) => {
      const ids: string[] = [];
      for (const session of sessions) {
        const connection = connections.get(session.connectionId ?? '');
        if (!server || !connection) session.push(name, payload);
        else if (connection.isBehind()) connection.end();
        else ids.push(connection.id);
      }
      // Each connection is in a room of its own, by its id.
      if (ids.length > 0) server?.to(ids).emit(name, payload);
    },
    attach: (io) => {
      server = io;
    },
    add: (connection) => {
      connections.set(connection.id, connection);
    },
    remove: (connection) => {
      connections.delete(connection.id);
    },
  };
}
