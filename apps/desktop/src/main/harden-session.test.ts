import type { Session } from 'electron';
import { describe, expect, it } from 'vitest';
import { hardenSession } from './harden-session.js';
import { pageUrl } from './page-address.js';
import { StandInSession } from './testing/stand-in-session.js';

const permissions = [
  'media',
  'geolocation',
  'notifications',
  'clipboard-read',
  'openExternal',
  'fileSystem',
  'usb',
  'unknown',
];
const page = { isMainFrame: true, requestingUrl: pageUrl };

describe('the session', () => {
  const session = new StandInSession();
  hardenSession(session as unknown as Session);
  const requests = (permission: string, details: object): boolean | undefined => {
    let granted: boolean | undefined;
    session.permissionRequest?.({}, permission, (answer) => (granted = answer), details);
    return granted;
  };
  const checks = (permission: string, details: object): boolean | undefined =>
    session.permissionCheck?.({}, permission, '', details);
  const cancels = (url: string): unknown => {
    let answer: unknown;
    session.beforeRequest?.({ url } as never, (given) => (answer = given));
    return answer;
  };

  it.each(permissions)('refuses the permission %s, asked or checked', (permission) => {
    expect([requests(permission, page), checks(permission, page)]).toEqual([false, false]);
  });

  it('lets the page copy text, and nobody else', () => {
    const copy = 'clipboard-sanitized-write';
    expect([requests(copy, page), checks(copy, page)]).toEqual([true, true]);
    for (const stranger of [
      { ...page, isMainFrame: false },
      { ...page, requestingUrl: 'https://example.org/index.html' },
      { isMainFrame: true, requestingUrl: '' },
    ]) {
      expect([requests(copy, stranger), checks(copy, stranger)]).toEqual([false, false]);
    }
    expect(checks(copy, { isMainFrame: true })).toBe(false);
  });

  it('refuses every device', () => {
    expect(session.devicePermission?.({})).toBe(false);
  });

  it('loads our own files and nothing else', () => {
    expect(cancels('app://enxame/assets/main.js')).toEqual({ cancel: false });
    for (const url of [
      'https://example.org/',
      'http://127.0.0.1:7667/',
      'file:///etc/passwd',
      'app://other/',
      'ws://enxame/',
    ]) {
      expect([url, cancels(url)]).toEqual([url, { cancel: true }]);
    }
  });
});
