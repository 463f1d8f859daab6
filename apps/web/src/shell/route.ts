import { useSyncExternalStore } from 'react';

export const routes = ['files', 'mine', 'searches', 'stats', 'tokens', 'admin', 'sign-in'] as const;
export type RouteName = (typeof routes)[number];

const read = (): RouteName => routes.find((name) => location.hash.split('?')[0] === toHash(name)) ?? 'files';

export const toHash = (name: RouteName): string => `#/${name}`;

/** The part of the interface that the address names. */
export function useRoute(): RouteName {
  return useSyncExternalStore((onChange) => {
    window.addEventListener('hashchange', onChange);
    return () => {
      window.removeEventListener('hashchange', onChange);
    };
  }, read);
}
