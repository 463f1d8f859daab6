import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import { useState } from 'react';
import { toApiError } from './tracker-api.js';

interface Acting {
  /** Waits for what was asked of the tracker; what it refuses is `error` until the next try. */
  readonly act: <T>(asked: Promise<T>, onDone: (answer: T) => void) => void;
  readonly error: EnxameError | null;
  readonly busy: boolean;
}

/** Something that a button does, with its refusal to show beside it. */
export function useAct(): Acting {
  const [state, setState] = useState<Omit<Acting, 'act'>>({ error: null, busy: false });
  return {
    ...state,
    act: (asked, onDone) => {
      setState({ error: null, busy: true });
      asked.then(
        (answer) => {
          setState({ error: null, busy: false });
          onDone(answer);
        },
        (error: unknown) => {
          setState({ error: toApiError(error), busy: false });
        },
      );
    },
  };
}
