import type { RelayEnd } from './relay-end.js';

export interface RelayPipe {
  /** Bytes that came in from both sides so far. */
  readonly bytes: number;
  /** Twice without harm. */
  close(): void;
}

/**
 * Passes bytes on between two ends, both ways, until both have ended, one breaks, or nothing moved for `idleMs`. A side
 * that does not read makes the other wait.
 */
export function joinRelayPipe(
  ends: readonly [RelayEnd, RelayEnd],
  options: { readonly idleMs: number; readonly onEnd: (bytes: number) => void },
): RelayPipe {
  const [left, right] = ends;
  const count = (): number => left.bytesRead + right.bytesRead;
  let last = 0;
  let hasEnded = false;
  const timer = setInterval(() => {
    const now = count();
    if (now === last) close();
    last = now;
  }, options.idleMs);
  timer.unref();

  function close(): void {
    left.stream.destroy();
    right.stream.destroy();
  }

  function handleClose(): void {
    if (hasEnded || !left.stream.closed || !right.stream.closed) return;
    hasEnded = true;
    clearInterval(timer);
    options.onEnd(count());
  }

  for (const [{ stream }, { stream: other }] of [ends, [right, left]] as const) {
    stream.on('error', close); // `close` follows on both
    // One that ended has said so, after what came before it; one that broke takes the other with it.
    stream.on('close', () => {
      if (!stream.readableEnded) other.destroy();
      else if (!other.writableEnded) other.end();
      handleClose();
    });
  }
  left.passTo(right.stream);
  right.passTo(left.stream);
  return {
    get bytes() {
      return count();
    },
    close,
  };
}
