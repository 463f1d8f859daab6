import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, DeviceId } from '@enxame/shared/ids';
import { maxOffersPerDevice, type SourceOffer } from '@enxame/shared/tracker/requests';
import type { Session } from './session.js';

/** At some 200 bytes each; more devices than this network has would have to offer all that they may. */
const maxOffersInAll = 1_000_000;

/**
 * What devices say that they can serve without having an entry for it: what they are fetching, and what they received.
 * An offer lasts as long as the session that made it. (docs/spec/tracker-protocol.md, T20)
 */
export interface SourceOffers {
  /** Returns the contents whose holders are others now. Throws `too-large` past the limits; nothing is taken then. */
  offer(session: Session, offers: readonly SourceOffer[]): ContentId[];
  retract(session: Session, contentIds: readonly ContentId[]): ContentId[];
  closeSession(session: Session): ContentId[];
  offeredBy(session: Session): Iterable<ContentId>;
  holders(contentId: ContentId, complete: boolean): Iterable<DeviceId>;
  /** Of what was for some people only when it was offered: these alone may know who else got it. (T143) */
  restrictedHolders(contentId: ContentId, complete: boolean): Iterable<DeviceId>;
}

interface Offer {
  readonly session: Session;
  readonly complete: boolean;
  readonly isRestricted: boolean;
}

/** `isRestricted`: whether entries for some people, and none for everybody, have the content. */
export function createSourceOffers(isRestricted: (contentId: ContentId) => boolean): SourceOffers {
  const bySession = new Map<Session, Set<ContentId>>();
  const byContent = new Map<ContentId, Map<DeviceId, Offer>>();
  let count = 0;

  function remove(session: Session, contentId: ContentId): boolean {
    const own = bySession.get(session);
    if (!own?.delete(contentId)) return false;
    count--;
    if (own.size === 0) bySession.delete(session);
    const holders = byContent.get(contentId);
    // A newer session of the same device may have offered it, too.
    if (holders?.get(session.deviceId)?.session !== session) return false;
    holders.delete(session.deviceId);
    if (holders.size === 0) byContent.delete(contentId);
    return true;
  }

  function* find(contentId: ContentId, complete: boolean, isRestrictedOffer: boolean): Generator<DeviceId> {
    for (const [deviceId, offer] of byContent.get(contentId) ?? []) {
      if (offer.complete === complete && offer.isRestricted === isRestrictedOffer) yield deviceId;
    }
  }

  return {
    offer: (session, offers) => {
      const own = bySession.get(session) ?? new Set<ContentId>();
      const added = offers.filter(({ contentId }) => !own.has(contentId)).length;
      if (own.size + added > maxOffersPerDevice || count + added > maxOffersInAll) throw new EnxameError('too-large');
      const changed: ContentId[] = [];
      for (const { contentId, complete } of offers) {
        if (!own.has(contentId)) count++;
        own.add(contentId);
        const holders = byContent.get(contentId) ?? new Map<DeviceId, Offer>();
        const before = holders.get(session.deviceId);
        const offer = { session, complete, isRestricted: isRestricted(contentId) };
        byContent.set(contentId, holders.set(session.deviceId, offer));
        if (before?.complete !== complete || before.isRestricted !== offer.isRestricted) changed.push(contentId);
      }
      if (own.size > 0) bySession.set(session, own);
      return changed;
    },
    retract: (session, contentIds) => contentIds.filter((contentId) => remove(session, contentId)),
    closeSession: (session) => [...(bySession.get(session) ?? [])].filter((contentId) => remove(session, contentId)),
    offeredBy: (session) => bySession.get(session) ?? [],
    holders: (contentId, complete) => find(contentId, complete, false),
    restrictedHolders: (contentId, complete) => find(contentId, complete, true),
  };
}
