import type { Clock } from '../clock.js';
import { restartDelayMs, steadyAfterMs } from '../restart-delay.js';

/**
 * Decides what follows when the page's process is gone: the first time it is loaded again, and a word is said. A page
 * that stops again within a minute would do so for ever: then the person is asked.
 */
export function createPageCrashes(deps: {
  readonly clock: Clock;
  readonly onReload: () => void;
  readonly onAsk: () => void;
}): { crashed(): void; close(): void } {
  let lastAt = Number.NEGATIVE_INFINITY;
  let callOff: (() => void) | undefined;
  return {
    crashed: () => {
      const now = deps.clock.now();
      const isSteady = now - lastAt >= steadyAfterMs;
      lastAt = now;
      callOff?.();
      if (isSteady) callOff = deps.clock.after(restartDelayMs(1), deps.onReload);
      else deps.onAsk();
    },
    close: () => callOff?.(),
  };
}
