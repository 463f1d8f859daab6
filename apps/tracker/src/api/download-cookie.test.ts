import { describe, expect, it } from 'vitest';
import { readDownloadCookie } from './download-cookie.js';

describe('the cookie of downloads', () => {
  it.each([
    ['enxame-download=abc', 'Bearer abc'],
    ['other=1; enxame-download=ab_c-9; more=2', 'Bearer ab_c-9'],
    ['xenxame-download=abc', undefined],
    ['enxame-download=', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('W20: %s is %s', (cookies, authorization) => {
    expect(readDownloadCookie(cookies)).toBe(authorization);
  });
});
