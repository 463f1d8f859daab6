import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import { useCallback, useEffect, useState } from 'react';
import { toApiError } from './tracker-api.js';

export interface Asked<T> {
  /** The last answer; stays while it is asked again. */
  readonly data: T | null;
  readonly error: EnxameError | null;
  readonly isAsking: boolean;
  readonly reload: () => void;
}

/** Asks when it is first shown, when `ask` is another function, and by `reload`. */
export function useAsk<T>(ask: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const [state, setState] = useState<Omit<Asked<T>, 'reload'>>({ data: null, error: null, isAsking: true });
  const [round, setRound] = useState(0);
  useEffect(() => {
    const gone = new AbortController();
    ask(gone.signal).then(
      (data) => {
        if (!gone.signal.aborted) setState({ data, error: null, isAsking: false });
      },
      (error: unknown) => {
        if (!gone.signal.aborted) setState(({ data }) => ({ data, error: toApiError(error), isAsking: false }));
      },
    );
    return () => {
      gone.abort();
    };
  }, [ask, round]);
  const reload = useCallback(() => {
    setState((before) => ({ ...before, isAsking: true }));
    setRound((count) => count + 1);
  }, []);
  return { ...state, reload };
}
