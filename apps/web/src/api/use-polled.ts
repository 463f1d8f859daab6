import { useEffect } from 'react';
import { useAsk, type Asked } from './use-ask.js';

/** Whoever looks sees what is new within this. */
const lookAgainMs = 60_000;

/** As `useAsk`, and again each minute while the page is looked at. */
export function usePolled<T>(ask: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const asked = useAsk(ask);
  const { reload } = asked;
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, lookAgainMs);
    return () => {
      clearInterval(timer);
    };
  }, [reload]);
  return asked;
}
