import type { ErrorInfo } from '@enxame/shared/errors/enxame-error';
import type { ErrorCode } from '@enxame/shared/errors/error-codes';

/** A source is asked again after a wrong piece; after so many it is no source. (docs/spec/peer-protocol.md, P13) */
export const maxStrikes = 3;

/** What a source can do to a download without ending it. Anything else is this computer's, or the person's. */
const sourceFaults: readonly ErrorCode[] = [
  'source-unreachable',
  'source-identity',
  'source-refused',
  'source-lied',
  'source-busy',
  'source-stalled',
  'path-blocked',
  'relay-refused',
  'manifest-mismatch',
  'piece-not-here',
  'unauthorized',
  'ticket-invalid',
  'not-found',
  'not-supported',
  'content-not-found',
  'file-changed',
  'file-vanished',
  'rate-limited',
];

export const isSourceFault = (code: ErrorCode): boolean => sourceFaults.includes(code);

/** It gave no answer at all, or one about something else: nothing it says is worth asking for. */
export const isLie = (code: ErrorCode): boolean => code === 'source-lied' || code === 'manifest-mismatch';

/** A ticket that was good may have run out: another one may do. */
export const wantsTicket = (code: ErrorCode): boolean => code === 'ticket-invalid' || code === 'unauthorized';

/** What the person reads of a source's failure: what its codes say of the source, not of this computer. */
export function toSourceError({ code }: { readonly code: ErrorCode }, name: string): ErrorInfo {
  const gone: readonly ErrorCode[] = ['content-not-found', 'file-changed', 'file-vanished'];
  const unspoken: readonly ErrorCode[] = ['unauthorized', 'not-found', 'not-supported', 'rate-limited'];
  const said = gone.includes(code) ? 'source-gone' : unspoken.includes(code) ? 'source-refused' : code;
  return { code: said, params: { name } };
}
