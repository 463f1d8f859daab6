import { useSyncExternalStore } from 'react';

export const pages = ['files', 'transfers', 'send', 'people', 'connection', 'settings', 'history'] as const;
export type Page = (typeof pages)[number];

export interface Route {
  readonly page: Page;
  /** Which one, on a page about many. */
  readonly id: string | null;
}

/** The address of a page, after the `#`: back and forward work, nothing is loaded. */
export function toHash(page: Page, id?: string): string {
  return id === undefined ? `#/${page}` : `#/${page}/${id}`;
}

export function parseHash(hash: string): Route {
  const [page, id] = hash.replace(/^#\//, '').split('/');
  return { page: pages.find((known) => known === page) ?? 'files', id: id === undefined || id === '' ? null : id };
}

export function goTo(page: Page, id?: string): void {
  window.location.hash = toHash(page, id);
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(
    (listener) => {
      window.addEventListener('hashchange', listener);
      return () => {
        window.removeEventListener('hashchange', listener);
      };
    },
    () => window.location.hash,
  );
  return parseHash(hash);
}
