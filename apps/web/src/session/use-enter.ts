import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import { useState } from 'react';
import { toApiError } from '../api/tracker-api.js';

interface Entering {
  /** Runs what signs in; once it did, the page shows something else. */
  readonly enter: (run: () => Promise<void>) => void;
  /** What the tracker refused, or the browser cannot. */
  readonly error: EnxameError | DOMException | null;
  readonly busy: boolean;
}

export function useEnter(): Entering {
  const [state, setState] = useState<Omit<Entering, 'enter'>>({ error: null, busy: false });
  return {
    ...state,
    enter: (run) => {
      setState({ error: null, busy: true });
      run().then(
        () => {
          setState({ error: null, busy: false });
        },
        (error: unknown) => {
          setState({ error: error instanceof DOMException ? error : toApiError(error), busy: false });
        },
      );
    },
  };
}
