import type { ServerResponse } from 'node:http';
import { toErrorInfo } from '@enxame/shared/errors/enxame-error';
import { toHttpStatus } from '@enxame/shared/errors/http-status';

/** On every answer: what the page may load and who may hold it. Nothing inline, nothing from elsewhere, no frames. */
export const securityHeaders = {
  'content-security-policy':
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; " +
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const;

/** Starts a JSON answer; the caller ends it. */
export function writeJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    ...securityHeaders,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.write(body);
}

/** `{"error":{"code"}}`, without what it says of this computer to whoever holds no token. */
export function writeError(response: ServerResponse, error: unknown): void {
  const info = toErrorInfo(error);
  writeJson(response, toHttpStatus(info.code), { error: info });
}
