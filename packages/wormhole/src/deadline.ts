/**
 * A signal that aborts after so many milliseconds, for `AbortSignal.any`. Node 20 forgets an `AbortSignal.timeout` that
 * only a combined signal knows, and what waits for it waits for ever; one that somebody listens to is kept.
 */
export function deadline(ms: number): AbortSignal {
  const signal = AbortSignal.timeout(ms);
  signal.addEventListener('abort', stayAlive, { once: true });
  return signal;
}

const stayAlive = (): void => undefined;
