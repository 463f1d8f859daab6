const key = 'enxame.words-offer-after';
/** Who said "later" is left alone for so long. */
const pauseMs = 3 * 24 * 60 * 60_000;

type Store = Pick<Storage, 'getItem' | 'setItem'>;

export function isOfferDue(store: Store, now: number): boolean {
  const after = Number(store.getItem(key) ?? 0);
  return !Number.isFinite(after) || now >= after;
}

export function putOfferOff(store: Store, now: number): void {
  store.setItem(key, String(now + pauseMs));
}
