import { EnxameError } from '@enxame/shared/errors/enxame-error';

/** What is waited for by its name, once each. */
export interface Arrivals<K, V> {
  /** Resolves with what `arrive` brings under this key. Throws `cancelled` with the signal. */
  readonly expect: (key: K, signal: AbortSignal) => Promise<V>;
  /** False: nobody waits for it. */
  readonly arrive: (key: K, value: V) => boolean;
}

export function createArrivals<K, V>(): Arrivals<K, V> {
  const expected = new Map<K, (value: V) => void>();
  return {
    expect: (key, signal) =>
      new Promise((resolve, reject) => {
        const leave = (): void => {
          signal.removeEventListener('abort', abort);
          expected.delete(key);
        };
        const abort = (): void => {
          leave();
          reject(new EnxameError('cancelled'));
        };
        signal.addEventListener('abort', abort, { once: true });
        expected.set(key, (value) => {
          leave();
          resolve(value);
        });
        if (signal.aborted) abort();
      }),
    arrive: (key, value) => {
      const take = expected.get(key);
      take?.(value);
      return take !== undefined;
    },
  };
}
