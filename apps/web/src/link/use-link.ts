import { isErrorWithCode, type EnxameError } from '@enxame/shared/errors/enxame-error';
import type { LinkPage } from '@enxame/shared/tracker/link';
import { useCallback, useEffect, useState } from 'react';
import { toApiError } from '../api/tracker-api.js';
import type { LinkApi } from './link-api.js';

/** While nobody who is online has it, the page looks again so often. */
const lookAgainMs = 15_000;

interface LinkState {
  /** The last that is known; stays when a later question fails. */
  readonly page: LinkPage | null;
  readonly error: EnxameError | null;
  readonly isAsking: boolean;
}

/** What is behind the link; asked again by `reload`, and by itself while it cannot be downloaded. */
export function useLink(link: LinkApi): LinkState & { readonly reload: () => void } {
  const [state, setState] = useState<LinkState>({ page: null, error: null, isAsking: true });
  const [round, setRound] = useState(0);
  const reload = useCallback(() => {
    setState((before) => ({ ...before, isAsking: true }));
    setRound((count) => count + 1);
  }, []);
  useEffect(() => {
    const gone = new AbortController();
    link.read(gone.signal).then(
      (page) => {
        if (!gone.signal.aborted) setState({ page, error: null, isAsking: false });
      },
      (thrown: unknown) => {
        if (gone.signal.aborted) return;
        const error = toApiError(thrown);
        const isOver = isErrorWithCode(error, 'link-ended', 'not-found');
        setState((before) => ({ page: isOver ? null : before.page, error, isAsking: false }));
      },
    );
    return () => {
      gone.abort();
    };
  }, [link, round]);
  const isOffline = state.page?.content?.from === 'offline';
  const isPending = state.page?.content?.sha256 === null && state.page.content.files === null;
  useEffect(() => {
    if (!isOffline && !isPending) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, lookAgainMs);
    return () => {
      clearInterval(timer);
    };
  }, [isOffline, isPending, reload]);
  return { ...state, reload };
}
