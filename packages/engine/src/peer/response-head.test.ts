import fc from 'fast-check';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { describe, expect, it } from 'vitest';
import { parseResponseHead } from './response-head.js';

const head = (...lines: string[]): string => lines.join('\r\n');

describe('P10: the head of an answer', () => {
  it('is a status and a length', () => {
    const lines = head('HTTP/1.1 206 Partial Content', 'ETag: "x"', 'Content-Length:  12 ', 'x-empty:');
    expect(parseResponseHead(lines)).toEqual({ status: 206, contentLength: 12 });
    expect(parseResponseHead(head('HTTP/1.1 200', 'CONTENT-LENGTH: 0'))).toEqual({ status: 200, contentLength: 0 });
  });

  it.each([
    ['nothing', ''],
    ['another version', head('HTTP/1.0 200 OK', 'content-length: 1')],
    ['an upgrade', head('HTTP/2 200', 'content-length: 1')],
    ['an interim answer', head('HTTP/1.1 100 Continue')],
    ['a redirection without a length', head('HTTP/1.1 302 Found', 'location: http://127.0.0.1/')],
    ['no length', head('HTTP/1.1 200 OK', 'content-type: text/plain')],
    ['two lengths', head('HTTP/1.1 200 OK', 'content-length: 1', 'content-length: 1')],
    ['a length that is no number', head('HTTP/1.1 200 OK', 'content-length: 1e3')],
    ['a negative length', head('HTTP/1.1 200 OK', 'content-length: -1')],
    ['a length that a number cannot hold', head('HTTP/1.1 200 OK', 'content-length: 9007199254740993')],
    ['a list of lengths', head('HTTP/1.1 200 OK', 'content-length: 1, 1')],
    ['chunks', head('HTTP/1.1 200 OK', 'content-length: 1', 'Transfer-Encoding: chunked')],
    ['a folded line', head('HTTP/1.1 200 OK', 'content-length: 1', ' folded')],
    ['a space before the colon', head('HTTP/1.1 200 OK', 'content-length: 1', 'transfer-encoding : chunked')],
    ['a bare line break', head('HTTP/1.1 200 OK', 'a: b\ntransfer-encoding: chunked', 'content-length: 1')],
    ['a page', '<html><body>404</body></html>'],
  ])('refuses %s', (_, text) => {
    expect(() => parseResponseHead(text)).toThrow('source-lied');
  });

  it('answers or refuses, whatever comes', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom('content-length: 5', 'HTTP/1.1 200 OK', 'transfer-encoding: x'));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), (lines) => {
        try {
          const { status, contentLength } = parseResponseHead(head(...lines));
          expect(Number.isSafeInteger(status) && Number.isSafeInteger(contentLength)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(EnxameError);
        }
      }),
    );
  });
});
