import { basename } from 'node:path';
import { parsePublicKey } from '@enxame/identity/public-key';
import { checkTicket } from '@enxame/identity/ticket';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Library } from '../library/library.js';
import type { TrackerBook } from '../tracker/tracker-book.js';
import type { ContentAccess } from './content-access.js';

/** Who may fetch what: a ticket of the tracker in use, for a content that is here and unchanged. */
export function createPeerAccess(deps: {
  readonly book: TrackerBook;
  readonly library: Library;
  readonly now: () => number;
}): ContentAccess {
  return {
    openContent: async (contentId) => {
      const content = await deps.library.contents.openForServing(contentId);
      return { ...content, manifest: () => content.manifest(), name: basename(content.path) };
    },
    checkTicket: (ticket, deviceId, contentId) => {
      const pin = deps.book.current;
      if (!pin) throw new EnxameError('ticket-invalid');
      const expected = { trackerId: pin.trackerId, deviceId, contentId };
      return checkTicket(ticket, parsePublicKey(pin.key, 'ed25519'), expected, deps.now());
    },
  };
}
