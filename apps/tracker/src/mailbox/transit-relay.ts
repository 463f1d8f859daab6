import type { Socket } from 'node:net';
import type { Clock } from '../domain/clock.js';

/**
 * The transit relay of Magic Wormhole: joins two connections that name the same token. What passes is sealed by the
 * two ends; the relay sees sizes. ("Transit Protocol", Relay Handshake)
 */
export interface TransitRelay {
  /** Takes a connection whose first byte was looked at and put back. */
  accept(socket: Socket): void;
  /** How many pairs are joined now. */
  readonly pairs: number;
  close(): void;
}

const request = /^please relay ([0-9a-f]{64})(?: for side ([0-9a-f]{1,64}))?$/;
const maxRequestBytes = 200;
const requestTimeoutMs = 10_000;
/** As long as a person may take to accept. */
const partnerTimeoutMs = 10 * 60_000;
/** A pair that moves nothing is forgotten: one end is gone without a word. */
const idleTimeoutMs = 5 * 60_000;
const maxWaiting = 1000;

interface Waiting {
  readonly socket: Socket;
  readonly side: string | undefined;
}

export function createTransitRelay(deps: { readonly clock: Clock }): TransitRelay {
  const waiting = new Map<string, Waiting[]>();
  const sockets = new Set<Socket>();
  let waitingCount = 0;
  let pairs = 0;

  function forget(token: string, entry: Waiting): void {
    const line = waiting.get(token);
    const at = line?.indexOf(entry) ?? -1;
    if (!line || at < 0) return;
    line.splice(at, 1);
    waitingCount--;
    if (line.length === 0) waiting.delete(token);
  }

  function join(one: Socket, other: Socket): void {
    pairs++;
    let isJoined = true;
    const end = (): void => {
      if (isJoined) pairs--;
      isJoined = false;
      one.destroy();
      other.destroy();
    };
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      from.setTimeout(idleTimeoutMs, end);
      from.once('close', () => {
        // What was read before the end is still on its way to the other side.
        if (!to.destroyed) to.end(end);
        else end();
      });
      to.write('ok\n');
      from.pipe(to);
    }
  }

  function ask(socket: Socket, token: string, side: string | undefined): void {
    const line = waiting.get(token) ?? [];
    // Two connections of one side are one program that tries several ways.
    const partner = line.find((other) => side === undefined || other.side !== side);
    if (partner) {
      forget(token, partner);
      join(partner.socket, socket);
      return;
    }
    if (waitingCount >= maxWaiting) {
      socket.end('try again later\n');
      return;
    }
    const entry = { socket, side };
    waiting.set(token, [...line, entry]);
    waitingCount++;
    const stopTimer = deps.clock.after(partnerTimeoutMs, () => {
      if (waiting.get(token)?.includes(entry) === true) socket.destroy();
    });
    socket.once('close', () => {
      stopTimer();
      forget(token, entry);
    });
  }

  return {
    accept: (socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      const stopTimer = deps.clock.after(requestTimeoutMs, () => socket.destroy());
      let said = Buffer.alloc(0);
      const onReadable = (): void => {
        const more = socket.read() as Buffer | null;
        if (more) said = Buffer.concat([said, more]);
        const end = said.indexOf('\n');
        if (end < 0 && said.length <= maxRequestBytes) return;
        stopTimer();
        socket.off('readable', onReadable);
        const [, token, side] = request.exec(said.toString('latin1', 0, Math.max(0, end))) ?? [];
        // Nobody sends more before "ok": that would be lost when the partner comes late.
        if (token === undefined || said.length > end + 1) {
          socket.end('bad handshake\n');
          return;
        }
        ask(socket, token, side);
      };
      socket.on('readable', onReadable);
    },
    get pairs() {
      return pairs;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}
