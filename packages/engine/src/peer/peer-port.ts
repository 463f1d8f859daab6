import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/**
 * Takes a connection that began with a certain word. `line` is what came after the word and a space, up to the line
 * break; what follows is still to be read from the socket, which the taker owns from now on.
 */
export type PrefaceTaker = (line: string, socket: Socket) => void;

/** What a connection to the peer port may begin with, beside TLS: a word of our own, one line. */
export type Prefaces = ReadonlyMap<string, PrefaceTaker>;

/** The first byte of TLS: a record of type handshake (RFC 8446, 5.1). No word of ours begins with it. */
const tlsHandshake = 0x16;
/** A word, a space, and what it says; longer is none of ours. */
const maxLineBytes = 256;
/** Who connects has something to say at once. */
const firstBytesTimeoutMs = 10_000;

/**
 * One port for several protocols: the first bytes of a connection tell which. TLS goes to the HTTPS server, as if
 * nobody had looked; a preface goes to who takes its word; anything else is cut. Returns what begins TLS on a
 * connection that came in another way. (docs/spec/peer-protocol.md, P60)
 */
export function demultiplex(server: Server, prefaces: Prefaces): (socket: Duplex) => void {
  const listeners = server.listeners('connection') as ((this: Server, socket: Duplex) => void)[];
  server.removeAllListeners('connection');
  const startTls = (socket: Duplex): void => {
    for (const listener of listeners) listener.call(server, socket);
  };

  function startPreface(socket: Socket, start: Buffer, end: number): void {
    const [, word = '', line = ''] = /^(\S*) ?(.*)$/.exec(start.toString('latin1', 0, end)) ?? [];
    const take = prefaces.get(word);
    if (!take) {
      socket.destroy();
      return;
    }
    if (end + 1 < start.length) socket.unshift(start.subarray(end + 1));
    take(line, socket);
  }

  server.on('connection', (socket: Socket) => {
    socket.on('error', () => socket.destroy()); // a peer that resets is no news
    const deadline = setTimeout(() => socket.destroy(), firstBytesTimeoutMs);
    let start: Buffer = Buffer.alloc(0);
    const leave = (): void => {
      clearTimeout(deadline);
      socket.off('readable', read);
    };
    function read(): void {
      const chunk = socket.read() as Buffer | null;
      if (chunk === null) return; // it ended before it said anything, and closes by itself
      start = start.length === 0 ? chunk : Buffer.concat([start, chunk]);
      const isTls = start[0] === tlsHandshake;
      const end = isTls ? -1 : start.subarray(0, maxLineBytes).indexOf('\n');
      if (!isTls && end < 0 && start.length < maxLineBytes) return;
      leave();
      if (isTls) {
        socket.unshift(start);
        startTls(socket);
      } else if (end >= 0) startPreface(socket, start, end);
      else socket.destroy();
    }
    socket.on('readable', read);
    socket.once('close', leave);
  });
  return startTls;
}
