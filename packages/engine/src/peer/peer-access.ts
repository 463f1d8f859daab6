import { basename } from 'node:path';
import { isCapability } from '@enxame/identity/capability';
import { EnxameError, isErrorWithCode } from '@enxame/shared/errors/enxame-error';
import type { MemberAccess } from '../collections/serve-members.js';
import type { Library } from '../library/library.js';
import type { TrackerBook } from '../tracker/tracker-book.js';
import type { PartContents } from '../transfers/part-contents.js';
import type { ContentId, UserId } from '@enxame/shared/ids';
import type { TicketClaims } from '@enxame/shared/peer/ticket';
import { createCapabilityCheck, type Issuer } from './capability-check.js';
import type { ContentAccess, OpenContent } from './content-access.js';
import { createGivenPieces } from './given-pieces.js';
import { createTicketCheck } from './ticket-check.js';

/** Who may fetch what: a ticket of the tracker in use, or the capability of a code, for a content that is here and unchanged, or on its way here. */
export function createPeerAccess(deps: {
  readonly book: TrackerBook;
  readonly library: Pick<Library, 'contents' | 'folders' | 'shares'>;
  /** Who may have nothing from here. (P29) */
  readonly isBlocked: (person: { readonly id: UserId | undefined; readonly name: string | undefined }) => boolean;
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

  /** Answered as if it were not here: that is all that they need to know. */
  function checkPerson(contentId: ContentId, { user, name, iss }: TicketClaims): void {
    // The tracker fetches for whom it let in itself, and this person's other devices are this person.
    if (user === deps.book.current?.user?.id || String(user) === String(iss)) return;
    const isRefused = deps.isBlocked({ id: user, name }) || !deps.library.shares.mayHave(contentId, user);
    if (isRefused) throw new EnxameError('content-not-found');
  }

  return {
    openPack: deps.members.openPack,
    openContent: async (contentId, collectionId) => {
      const content = await (collectionId ? deps.members.openMember(collectionId, contentId) : open(contentId));
      return { ...content, given: given.of(contentId, content.size) };
    },
    checkTicket: async (ticket, device, contentId) => {
      if (isCapability(ticket)) {
        const claims = await checkCapability(ticket, device, contentId);
        if (deps.isBlocked({ id: claims.uid, name: undefined })) throw new EnxameError('content-not-found');
        return claims;
      }
      const claims = await checkTicket(ticket, device, contentId);
      if (isOnlyByCode(contentId)) throw new EnxameError('content-not-found');
      checkPerson(contentId, claims);
      return claims;
    },
  };
}
