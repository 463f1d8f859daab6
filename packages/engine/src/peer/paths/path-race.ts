import { pathKinds, type PathKind } from '@enxame/shared/engine/transfer';
import { EnxameError, isErrorWithCode, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { PeerConnection } from '../peer-connection.js';

/** Opens one path; ends with the signal. Throws why it did not work. */
export type PathTry = (signal: AbortSignal) => Promise<PeerConnection>;

/**
 * Tries several paths to one source at the same time. Decides which connection is used: the best of those that work
 * soon, then each better one that works later. Connections that lost are closed here, those told belong to who was told.
 */
export interface PathRace {
  /** The connection in use so far. */
  readonly best: PeerConnection | undefined;
  /** Resolves with the first connection. Throws `source-identity`, `relay-refused`, `source-unreachable`, `cancelled`. */
  readonly first: Promise<PeerConnection>;
  /** Resolves when all that was begun has worked or failed. */
  readonly quiet: Promise<void>;
  begin(kind: PathKind, dial: PathTry): void;
  /** Nothing more is begun before this round is `quiet`. */
  endRound(): void;
  /** After `quiet`: begins anew, to find a path better than the best. */
  newRound(): void;
  /** Why no better path than this one is used; null while it is not known. */
  errorAbove(kind: PathKind): ErrorInfo | null;
  /** Gives up whatever has not worked yet. Twice without harm. */
  stop(): void;
}

export const isBetterPath = (kind: PathKind, than: PathKind): boolean =>
  pathKinds.indexOf(kind) < pathKinds.indexOf(than);

/** Bytes flow straight, as well as they can: nothing better is worth a word, or another try. */
export const isStraight = (kind: PathKind): boolean => isBetterPath(kind, 'reverse');

export function createPathRace(options: {
  readonly sourceName: string;
  /** How long the first one that works waits for a better one that is under way. */
  readonly graceMs: number;
  readonly onBetter: (connection: PeerConnection) => void;
  /** One way that was begun did not work; not told of those given up for a better one. */
  readonly onFailed?: ((kind: PathKind, error: unknown) => void) | undefined;
}): PathRace {
  const pending = new Set<{ readonly kind: PathKind; readonly abort: AbortController }>();
  const errors = new Map<PathKind, unknown>();
  let best: PeerConnection | undefined;
  let isTold = false;
  let isStopped = false;
  let isEnding = false;
  let isFirstRound = true;
  let grace: NodeJS.Timeout | undefined;
  let settleFirst: { resolve: (connection: PeerConnection) => void; reject: (error: unknown) => void };
  const first = new Promise<PeerConnection>((resolve, reject) => (settleFirst = { resolve, reject }));
  first.catch(() => undefined); // who asked looks at it when it is time
  let becomeQuiet: () => void = () => undefined;
  let quiet = new Promise<void>((resolve) => (becomeQuiet = resolve));

  const isBetterPending = (than: PathKind): boolean => {
    for (const { kind } of pending) if (isBetterPath(kind, than)) return true;
    return false;
  };

  function tell(): void {
    clearTimeout(grace);
    if (isTold || !best) return;
    isTold = true;
    settleFirst.resolve(best);
  }

  function look(): void {
    if (best && !isTold) {
      if (!isBetterPending(best.pathKind)) tell();
      else grace ??= setTimeout(tell, options.graceMs);
    }
    if (!isEnding || pending.size > 0) return;
    if (!best && !isTold) {
      isTold = true;
      settleFirst.reject(toFailure());
    }
    becomeQuiet();
  }

  function take(connection: PeerConnection): void {
    const before = best;
    if (isStopped || (before && !before.isClosed && !isBetterPath(connection.pathKind, before.pathKind))) {
      connection.close();
      return;
    }
    best = connection;
    for (const { kind, abort } of pending) if (!isBetterPath(kind, connection.pathKind)) abort.abort();
    if (isTold) options.onBetter(connection);
    else before?.close();
  }

  function toFailure(): EnxameError {
    const params = { name: options.sourceName };
    const causes = [...errors.values()];
    if (isStopped) return new EnxameError('cancelled');
    for (const code of ['source-identity', 'relay-refused'] as const) {
      const cause = causes.find((error) => isErrorWithCode(error, code));
      if (cause) return new EnxameError(code, params, { cause });
    }
    return new EnxameError('source-unreachable', params, { cause: new AggregateError(causes) });
  }

  return {
    get best() {
      return best;
    },
    first,
    get quiet() {
      return quiet;
    },
    begin: (kind, dial) => {
      if (isStopped || (best && !best.isClosed && !isBetterPath(kind, best.pathKind))) return;
      const entry = { kind, abort: new AbortController() };
      pending.add(entry);
      dial(entry.abort.signal)
        .then(take, (error: unknown) => {
          if (entry.abort.signal.aborted) return;
          errors.set(kind, error);
          options.onFailed?.(kind, error);
        })
        .finally(() => {
          pending.delete(entry);
          look();
        })
        .catch(() => undefined); // `onBetter` may throw; that is its owner's
    },
    endRound: () => {
      isEnding = true;
      look();
    },
    newRound: () => {
      isEnding = false;
      isFirstRound = false; // what failed before is known until it is known better
      quiet = new Promise((resolve) => (becomeQuiet = resolve));
    },
    errorAbove: (kind) => {
      if (isStraight(kind) || (isFirstRound && isBetterPending(kind))) return null;
      const above = [...errors].filter(([failed]) => isBetterPath(failed, kind));
      if (above.length === 0) return null;
      const isOther = above.some(([, error]) => isErrorWithCode(error, 'source-identity'));
      return { code: isOther ? 'source-identity' : 'path-blocked', params: { name: options.sourceName } };
    },
    stop: () => {
      isStopped = true;
      isEnding = true;
      for (const { abort } of pending) abort.abort();
      if (best && !isTold) best.close();
      if (!isTold) {
        isTold = true;
        clearTimeout(grace);
        settleFirst.reject(toFailure());
      }
      look();
    },
  };
}
