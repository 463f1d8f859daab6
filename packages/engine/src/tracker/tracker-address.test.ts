import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { describe, expect, it } from 'vitest';
import { parseTrackerAddress } from './tracker-address.js';

describe('the address of a tracker', () => {
  it.each([
    ['192.168.1.20', 'https://192.168.1.20:7667'],
    [' 192.168.1.20:80 ', 'https://192.168.1.20:80'],
    ['tracker.example', 'https://tracker.example:7667'],
    ['Tracker.Example:443/', 'https://tracker.example:443'],
    ['http://tracker.example', 'https://tracker.example:7667'],
    ['https://tracker.example:7667', 'https://tracker.example:7667'],
    ['::1', 'https://[::1]:7667'],
    ['[2001:db8::1]:9000', 'https://[2001:db8::1]:9000'],
    ['bücher.example', 'https://xn--bcher-kva.example:7667'],
  ])('%s is %s', (text, url) => {
    expect(parseTrackerAddress(text).url).toBe(url);
  });

  it.each([
    '',
    ' ',
    'https://',
    'a b',
    'host:0',
    'host:65536',
    'host:x',
    'user@host',
    'host/path',
    'host?q',
    'ftp://host',
    '[::1',
    'host#x',
    '-host',
    'a\\b',
  ])('%j is none', (text) => {
    expect(() => parseTrackerAddress(text)).toThrow('tracker-address-invalid');
  });

  it('is a normal form or an error, whatever is typed', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.webAuthority({ withPort: true, withIPv4: true, withIPv6: true, withUserInfo: true }),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(text, (typed) => {
        try {
          const { host, port, url } = parseTrackerAddress(typed);
          expect(parseTrackerAddress(url)).toEqual({ host, port, url });
          expect(url).toBe(`https://${isIPv6(host) ? `[${host}]` : host}:${String(port)}`);
        } catch (error) {
          expect(error).toBeInstanceOf(EnxameError);
        }
      }),
    );
  });
});
