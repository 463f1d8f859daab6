import { createContext, useContext } from 'react';

/** What a page may do to its looks. */
export interface Look {
  readonly set: (theme: 'light' | 'dark') => void;
}

const LookContext = createContext<Look | null>(null);
export const LookProvider = LookContext.Provider;

export function useLook(): Look {
  const look = useContext(LookContext);
  if (!look) throw new Error('there is no LookProvider above');
  return look;
}
