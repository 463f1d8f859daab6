import type { EngineClient } from '@enxame/shared/engine/engine-client';
import { EnxameError } from '@enxame/shared/errors/enxame-error';

/**
 * Follows something of the engine until it is decided: looks at what `read` gives and at what `subscribe` tells from
 * then on. Settles with the first answer of `decide` that is not undefined, or with what it throws. Throws `timed-out`
 * after `timeoutMs`, `cancelled` when the signal aborts, `engine-stopped` when the engine goes.
 */
export function follow<T, R>(deps: {
  readonly client: EngineClient;
  readonly read: () => Promise<T>;
  readonly subscribe: (listener: (value: T) => void) => () => void;
  readonly decide: (value: T) => R | undefined;
  readonly stop: AbortSignal;
  readonly timeoutMs?: number;
}): Promise<R> {
  const cleanUps: (() => void)[] = [];
  const decided = new Promise<R>((resolve, reject) => {
    const look = (value: T): void => {
      Promise.resolve(value)
        .then(deps.decide)
        .then((answer) => {
          if (answer !== undefined) resolve(answer);
        }, reject);
    };
    const rejectWith = (code: 'cancelled' | 'engine-stopped' | 'timed-out') => () => {
      reject(new EnxameError(code));
    };
    if (deps.timeoutMs !== undefined) {
      const timer = setTimeout(rejectWith('timed-out'), deps.timeoutMs);
      cleanUps.push(() => {
        clearTimeout(timer);
      });
    }
    const cancel = rejectWith('cancelled');
    if (deps.stop.aborted) cancel();
    deps.stop.addEventListener('abort', cancel);
    cleanUps.push(() => {
      deps.stop.removeEventListener('abort', cancel);
    });
    deps.client.onClose(rejectWith('engine-stopped'));
    cleanUps.push(deps.subscribe(look));
    deps.read().then(look, reject);
  });
  return decided.finally(() => {
    for (const cleanUp of cleanUps) cleanUp();
  });
}
