import { describe, expect, it } from 'vitest';
import { parsePeerRefusal } from './peer-refusal.js';

const refusal = (code: unknown): string => JSON.stringify({ error: { code } });

describe('P9: what a peer answers instead of bytes', () => {
  it.each(['content-not-found', 'file-changed', 'ticket-invalid', 'rate-limited'])('takes %s', (code) => {
    expect(parsePeerRefusal(refusal(code)).code).toBe(code);
  });

  it.each(['disk-full', 'cancelled', 'folder-missing', 'piece-mismatch', 'source-lied', 'internal', 'no-such-code'])(
    'does not let it say %s in the name of this computer',
    (code) => {
      expect(parsePeerRefusal(refusal(code)).code).toBe('source-refused');
    },
  );

  it.each(['', 'null', '[]', '{"error":"no"}', '<html>', '{"error":{"code":'])('takes %j for a lie', (text) => {
    expect(parsePeerRefusal(text).code).toBe('source-lied');
  });
});
