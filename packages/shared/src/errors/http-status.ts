import type { ErrorCode } from './error-codes.js';

const statuses: Partial<Record<ErrorCode, number>> = {
  'bad-request': 400,
  unauthorized: 401,
  'ticket-invalid': 403,
  'signature-invalid': 403,
  'not-registered': 403,
  'not-found': 404,
  'entry-not-found': 404,
  'content-not-found': 404,
  'piece-not-here': 404,
  'not-supported': 405,
  'timed-out': 408,
  'name-taken': 409,
  'file-changed': 410,
  'file-vanished': 410,
  'too-large': 413,
  'rate-limited': 429,
  'source-busy': 503,
  'relay-refused': 503,
  'receipt-invalid': 403,
  'content-offline': 503,
  'quota-exceeded': 413,
  'upload-incomplete': 400,
  'link-ended': 410,
  'link-password-wrong': 403,
  forbidden: 403,
  'registration-closed': 403,
  'invitation-invalid': 403,
  banned: 403,
  'person-not-found': 404,
  'entry-removed': 410,
  'name-blocked': 409,
  'tracker-draining': 503,
  'entry-not-yours': 403,
  'disk-full': 507,
  'tracker-storage-full': 507,
};

/** The one place that says which HTTP status an error has; what is not named is the server's own failure. */
export function toHttpStatus(code: ErrorCode): number {
  return statuses[code] ?? 500;
}
