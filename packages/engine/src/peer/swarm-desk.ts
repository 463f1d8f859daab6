import type { ContentId } from '@enxame/shared/ids';
import type { SwarmReply } from '@enxame/shared/peer/swarm';
import type { PeerClaims } from './content-access.js';

/** Takes what receivers of a code tell of themselves, and tells each of the others. (docs/spec/codes.md, W55) */
export interface SwarmDesk {
  /** Throws `bad-request`, `not-found` when this device did not give who asks the content by a code. */
  report(contentId: ContentId, document: unknown, claims: PeerClaims): SwarmReply;
}
