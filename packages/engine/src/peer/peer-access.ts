import { basename } from 'node:path';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { MemberAccess } from '../collections/serve-members.js';
import type { Library } from '../library/library.js';
import type { TrackerBook } from '../tracker/tracker-book.js';
import type { PartContents } from '../transfers/part-contents.js';
import type { ContentId } from '@enxame/shared/ids';
import type { ContentAccess, OpenContent } from './content-access.js';
import { createGivenPieces } from './given-pieces.js';
import { createTicketCheck } from './ticket-check.js';

/** Who may fetch what: a ticket of the tracker in use, for a content that is here and unchanged, or on its way here. */
export function createPeerAccess(deps: {
  readonly book: TrackerBook;
  readonly library: Library;
  readonly parts: Pick<PartContents, 'has' | 'open'>;
  readonly members: MemberAccess;
  readonly now: () => number;
}): ContentAccess {
  const given = createGivenPieces();

  async function openWhole(contentId: ContentId): Promise<OpenContent> {
    try {
      const content = await deps.library.contents.openForServing(contentId);
      const partOf = deps.members.documentOf(contentId);
      return {
        ...content,
        manifest: () => content.manifest(),
        name: basename(content.path),
        ...(partOf && { partOf }),
      };
    } catch (error) {
      if (!isErrorWithCode(error, 'content-not-found')) throw error;
      return deps.members.openSmall(contentId);
    }
  }

  async function open(contentId: ContentId): Promise<OpenContent> {
    try {
      return await openWhole(contentId);
    } catch (error) {
      // Not here whole, or not any more: what is on its way here may have it.
      if (!(error instanceof EnxameError) || !deps.parts.has(contentId)) throw error;
      return deps.parts.open(contentId);
    }
  }

  return {
    openPack: deps.members.openPack,
    openContent: async (contentId, collectionId) => {
      const content = await (collectionId ? deps.members.openMember(collectionId, contentId) : open(contentId));
      return { ...content, given: given.of(contentId, content.size) };
    },
    checkTicket: createTicketCheck({ pin: () => deps.book.current, now: deps.now }),
  };
}
