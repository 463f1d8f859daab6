import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** One end of a relayed connection. */
export interface PipeEnd {
  /** What is to be passed on: the socket itself, or the bytes inside its frames. */
  readonly pipe: Duplex;
  /** The connection that carries it, which counts what it brings. */
  readonly socket: Pick<Socket, 'bytesRead'>;
}

export interface RelayPipe {
  /** Bytes that came in from both sides so far. */
  readonly bytes: number;
  /** Twice without harm. */
  close(): void;
}

/**
 * Passes bytes on between two ends, both ways, until both have ended, one breaks, or nothing moved for `idleMs`. A side
 * that does not read makes the other wait: what is held is one buffer of a stream for each direction.
 */
export function joinRelayPipe(
  ends: readonly [PipeEnd, PipeEnd],
  options: { readonly idleMs: number; readonly onEnd: (bytes: number) => void },
): RelayPipe {
  const [left, right] = ends;
  const before = left.socket.bytesRead + right.socket.bytesRead;
  const count = (): number => left.socket.bytesRead + right.socket.bytesRead - before;
  let last = 0;
  let hasEnded = false;
  const timer = setInterval(() => {
    const now = count();
    if (now === last) close();
    last = now;
  }, options.idleMs);
  timer.unref();

  function close(): void {
    left.pipe.destroy();
    right.pipe.destroy();
  }

  function handleClose(): void {
    if (hasEnded || !left.pipe.closed || !right.pipe.closed) return;
    hasEnded = true;
    clearInterval(timer);
    options.onEnd(count());
  }

  for (const [{ pipe }, { pipe: other }] of [ends, [right, left]] as const) {
    pipe.on('error', close); // `close` follows on both
    // An end that said so is passed on by `pipe`, after what came before it; one that broke takes the other with it.
    pipe.on('close', () => {
      if (!pipe.readableEnded) other.destroy();
      else if (!other.writableEnded) other.end();
      handleClose();
    });
    pipe.pipe(other);
  }
  return {
    get bytes() {
      return count();
    },
    close,
  };
}
