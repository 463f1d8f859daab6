import { basename } from 'node:path';
import { isCapability } from '@enxame/identity/capability';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { MemberAccess } from '../collections/serve-members.js';
import type { Library } from '../library/library.js';
import type { TrackerBook } from '../tracker/tracker-book.js';
import type { PartContents } from '../transfers/part-contents.js';
import type { ContentId } from '@enxame/shared/ids';
import { createCapabilityCheck, type Issuer } from './capability-check.js';
import type { ContentAccess, OpenContent } from './content-access.js';
import { createGivenPieces } from './given-pieces.js';
import { createTicketCheck } from './ticket-check.js';

/** Who may fetch what: a ticket of the tracker in use, or the capability of a code, for a content that is here and unchanged, or on its way here. */
export function createPeerAccess(deps: {
  readonly book: TrackerBook;
  readonly library: Pick<Library, 'contents' | 'folders'>;
  readonly parts: Pick<PartContents, 'has' | 'isOffered' | 'open'>;
  /** For what goes by codes. */
  readonly capabilities: { readonly own: Issuer; readonly issuerOf: (contentId: ContentId) => Issuer | undefined };
  readonly members: MemberAccess;
  readonly now: () => number;
  /** By which tickets are judged. */
  readonly trackerNow: () => number;
}): ContentAccess {
  const { contents, folders } = deps.library;
  const given = createGivenPieces();
  const checkTicket = createTicketCheck({ pin: () => deps.book.current, now: deps.trackerNow });
  const checkCapability = createCapabilityCheck({ ...deps.capabilities, now: deps.now });

  /** It is here, and for nobody but those of a code: a tracker that lets somebody fetch it has guessed. (W53) */
  function isOnlyByCode(contentId: ContentId): boolean {
    if (contents.isHeldAs(contentId, 'share', 'download') || deps.parts.isOffered(contentId)) return false;
    let isHere = contents.isHeldAs(contentId, 'code') || deps.parts.has(contentId);
    for (const { folder } of folders.find(contentId)) {
      if (folder.heldAs !== 'code') return false;
      isHere = true;
    }
    return isHere;
  }

  async function openWhole(contentId: ContentId): Promise<OpenContent> {
    try {
      const content = await contents.openForServing(contentId);
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
    checkTicket: async (ticket, device, contentId) => {
      if (isCapability(ticket)) return checkCapability(ticket, device, contentId);
      const claims = await checkTicket(ticket, device, contentId);
      if (isOnlyByCode(contentId)) throw new EnxameError('content-not-found');
      return claims;
    },
  };
}
