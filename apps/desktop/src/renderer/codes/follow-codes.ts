import type { CodeId, CodeOffer } from '@enxame/shared/engine/code';
import type { StoreApi } from 'zustand';
import type { CodesState } from '../engine/codes-store.js';

/** Something that came to its end while the person may be elsewhere. */
export type CodeNews =
  | {
      readonly kind: 'sent';
      readonly id: CodeId;
      readonly receiver: number;
      readonly person: string | null;
      readonly offer: CodeOffer;
    }
  | { readonly kind: 'came'; readonly offer: CodeOffer };

/** Tells each end once; what had ended when the list was first seen is no news. */
export function followCodes(codes: StoreApi<CodesState>, onNews: (news: CodeNews) => void): () => void {
  return codes.subscribe((now, before) => {
    if (!before.loaded) return;
    for (const send of now.sends) {
      const earlier = before.sends.find(({ id }) => id === send.id)?.receivers;
      for (const { number, state, personName: person } of send.receivers) {
        const had = earlier?.find((receiver) => receiver.number === number)?.state === 'received';
        if (state === 'received' && !had)
          onNews({ kind: 'sent', id: send.id, receiver: number, person, offer: send.offer });
      }
    }
    for (const receive of now.receives) {
      const had = before.receives.find(({ id }) => id === receive.id)?.state === 'received';
      if (receive.state === 'received' && !had && receive.offer) onNews({ kind: 'came', offer: receive.offer });
    }
  });
}
