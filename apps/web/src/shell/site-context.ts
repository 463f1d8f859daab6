import type { Hello } from '@enxame/shared/tracker/hello';
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { TrackerApi } from '../api/tracker-api.js';
import type { Member, Session } from '../session/session-store.js';
import type { Searches } from '../searches/searches.js';
import type { UploadStore } from '../uploads/upload-store.js';

/** What the parts of the interface have in common. */
export interface Site {
  readonly api: TrackerApi;
  readonly session: Session;
  readonly uploads: UploadStore;
  readonly hello: Hello;
  /** Of who is signed in. */
  readonly searches: Searches;
}

const SiteContext = createContext<Site | null>(null);
export const SiteProvider = SiteContext.Provider;

export function useSite(): Site {
  const site = useContext(SiteContext);
  if (!site) throw new Error('there is no SiteProvider above');
  return site;
}

/** Who is signed in; null for a guest. */
export function useMember(): Member | null {
  const state = useStore(useSite().session);
  return state.kind === 'member' ? state.member : null;
}
