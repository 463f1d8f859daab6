const storageKey = 'enxame.token';

/** What of the page the token's way needs; the rest of `window` stays out of reach. */
export interface TokenPage {
  readonly location: { readonly hash: string; readonly pathname: string; readonly search: string };
  readonly history: { replaceState(data: unknown, title: string, url: string): void };
  readonly sessionStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
}

/**
 * The token of this page: from `#token=...` once, then from the tab's own storage. It leaves the address bar at once, so
 * that it is in no screenshot, bookmark or history. Null when there is none.
 */
export function takeBrowserToken(page: TokenPage): string | null {
  const fresh = /^#token=([\w.~-]+)$/.exec(page.location.hash)?.[1];
  if (fresh === undefined) return page.sessionStorage.getItem(storageKey);
  page.sessionStorage.setItem(storageKey, fresh);
  page.history.replaceState(null, '', page.location.pathname + page.location.search);
  return fresh;
}
