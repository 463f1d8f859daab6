import { isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import { useEffect, useState } from 'react';
import { useApp, useStatus } from '../shell/app-context.js';
import { suggestNames } from './name-ideas.js';

/** A name is asked about this long after the last key. */
const pauseMs = 250;
const maxIdeas = 3;

export interface NameCheck {
  readonly state: 'empty' | 'checking' | 'free' | 'refused';
  readonly error: unknown;
  /** Free names near one that is taken. */
  readonly ideas: readonly string[];
}

const empty: NameCheck = { state: 'empty', error: null, ideas: [] };

/** Whether a name is free, while it is being typed. Nothing is asked before a network is in use. */
export function useNameCheck(name: string, enabled: boolean): NameCheck {
  const { link } = useApp();
  const deviceName = useStatus().settings.deviceName;
  const [answer, setAnswer] = useState<{ name: string; check: NameCheck } | null>(null);
  const asked = name.trim();
  useEffect(() => {
    if (!enabled || asked === '') return undefined;
    let current = true;
    const settle = (check: NameCheck): void => {
      if (current) setAnswer({ name: asked, check });
    };
    const isFree = (idea: string): Promise<string | null> =>
      link.call('name:check', { name: idea }).then(
        () => idea,
        () => null, // taken as well, or no contact: not offered
      );
    const timer = setTimeout(() => {
      link.call('name:check', { name: asked }).then(
        () => {
          settle({ state: 'free', error: null, ideas: [] });
        },
        async (error: unknown) => {
          settle({ state: 'refused', error, ideas: [] });
          if (!isErrorWithCode(error, 'name-taken', 'name-look-alike')) return;
          const free = await Promise.all(suggestNames(asked, deviceName, new Date().getFullYear()).map(isFree));
          settle({ state: 'refused', error, ideas: free.filter((idea) => idea !== null).slice(0, maxIdeas) });
        },
      );
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [link, asked, enabled, deviceName]);
  if (asked === '' || !enabled) return empty;
  return answer?.name === asked ? answer.check : { state: 'checking', error: null, ideas: [] };
}
