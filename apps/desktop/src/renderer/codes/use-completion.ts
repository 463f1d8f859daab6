import { useEffect, useState } from 'react';
import { useApp } from '../shell/app-context.js';
import { isCompletable } from './code-text.js';

const maxShown = 6;

/** What the typed beginning of a code may become; nothing while there is too little of it. */
export function useCompletion(typed: string): readonly string[] {
  const { link } = useApp();
  const [answer, setAnswer] = useState<{ readonly typed: string; readonly codes: readonly string[] }>();
  useEffect(() => {
    if (!isCompletable(typed)) return undefined;
    let gone = false;
    link.call('code:complete', { typed }).then(
      ({ codes }) => {
        if (!gone) setAnswer({ typed, codes: codes.filter((code) => code !== typed).slice(0, maxShown) });
      },
      () => undefined, // without the engine a code can still be typed out; its banner says the rest
    );
    return () => {
      gone = true;
    };
  }, [link, typed]);
  // The answer to fewer letters stays until the next: a list that flickers cannot be read.
  return isCompletable(typed) && answer && typed.startsWith(answer.typed) ? answer.codes : [];
}
