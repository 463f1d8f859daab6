import { expect, it } from 'vitest';
import { takeBrowserToken, type TokenPage } from './browser-token.js';

function createPage(
  hash: string,
  stored: string | null = null,
): TokenPage & { address: string | null; stored: string | null } {
  const page = {
    address: null as string | null,
    stored,
    location: { hash, pathname: '/', search: '' },
    history: {
      replaceState: (_data: unknown, _title: string, url: string) => {
        page.address = url;
      },
    },
    sessionStorage: {
      getItem: () => page.stored,
      setItem: (_key: string, value: string) => {
        page.stored = value;
      },
    },
  };
  return page;
}

it('takes the token out of the address bar and keeps it for this tab', () => {
  const page = createPage('#token=abc-123_~.x');
  expect(takeBrowserToken(page)).toBe('abc-123_~.x');
  expect(page.stored).toBe('abc-123_~.x');
  expect(page.address).toBe('/');
});

it('finds it again after a reload, and leaves a page address alone', () => {
  const page = createPage('#/files', 'abc');
  expect(takeBrowserToken(page)).toBe('abc');
  expect(page.address).toBeNull();
});

it('has none when none was given', () => {
  expect(takeBrowserToken(createPage('#token=<script>'))).toBeNull();
});
