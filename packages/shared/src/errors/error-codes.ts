/**
 * Every way in which Enxame can fail, as seen from outside. The list is closed: the wire, the CLI, the tests and the
 * interface match the code, never the sentence. Adding one does not compile until both languages have words for it.
 */
export const errorCodes = [
  // any protocol
  'internal',
  'bad-request',
  'too-large',
  'rate-limited',
  'not-supported',
  'not-found',
  'unauthorized',
  'timed-out',
  'cancelled',
  // reaching a tracker
  'tracker-address-invalid',
  'tracker-unreachable',
  'tracker-not-a-tracker',
  'tracker-version',
  'tracker-identity-changed',
  'tracker-not-chosen',
  'tracker-offline',
  'tracker-storage-full',
  // names and identity
  'name-empty',
  'name-too-long',
  'name-characters',
  'name-mixed-scripts',
  'name-taken',
  'name-look-alike',
  'already-registered',
  'not-registered',
  'signature-invalid',
  'person-key-changed',
  // the catalogue
  'entry-not-found',
  'entry-not-yours',
  'catalogue-full',
  'content-not-found',
  // sharing
  'path-not-found',
  'path-unreadable',
  'path-not-a-file',
  'path-is-a-link',
  'folder-empty',
  'file-changed',
  'file-vanished',
  'file-too-large',
  // fetching
  'transfer-not-found',
  'source-unreachable',
  'source-identity',
  'source-refused',
  'source-gone',
  'source-lied',
  'ticket-invalid',
  'manifest-mismatch',
  'piece-mismatch',
  // this computer
  'disk-full',
  'folder-not-writable',
  'folder-missing',
  'folder-is-a-file',
  'disk-failed',
  'data-folder-locked',
  'data-folder-unwritable',
  'document-broken',
  'identity-broken',
  'engine-not-running',
  'engine-stopped',
  'port-taken',
  'flag-invalid',
] as const;

export type ErrorCode = (typeof errorCodes)[number];
