import type { CodeReceive, CodeReceiver, CodeSend } from '@enxame/shared/engine/code';
import type { NoticeKind } from '@enxame/shared/engine/status';
import type { Transfer } from '@enxame/shared/engine/transfer';
import type { Codes, FeedState } from '../feed/engine-feed.js';

/** Something that a person would want to hear of. */
export type News =
  | { readonly kind: 'arrived' | 'received' | 'failed'; readonly transfer: Transfer }
  | { readonly kind: 'text' | 'offered' | 'code-arrived'; readonly receive: CodeReceive }
  | { readonly kind: 'code-taken' | 'code-received'; readonly send: CodeSend; readonly receiver: CodeReceiver };

const kinds: Readonly<Record<News['kind'], NoticeKind>> = {
  arrived: 'arrived',
  'code-arrived': 'arrived',
  received: 'received',
  'code-received': 'received',
  failed: 'failed',
  text: 'code',
  offered: 'code',
  'code-taken': 'code',
};

/** Which setting turns it off. */
export function noticeKindOf({ kind }: News): NoticeKind {
  return kinds[kind];
}

/** What happened between two states. Nothing where there was none before: what was there already is no news. */
export function newsBetween(now: FeedState, before: FeedState): News[] {
  if (before.status === null || now.status === null) return [];
  return [...transferNews(now, before), ...codeNews(now.codes, before.codes)];
}

function transferNews(now: FeedState, before: FeedState): News[] {
  if (now.transfers === before.transfers) return [];
  return [...now.transfers.values()].flatMap((transfer): News[] => {
    const { state, direction } = transfer;
    if (before.transfers.get(transfer.id)?.state === state) return [];
    if (state === 'verified') return [{ kind: 'arrived', transfer }];
    if (state === 'received') return [{ kind: 'received', transfer }];
    // A send that fails is its receiver's to try again.
    return state === 'failed' && direction === 'receive' ? [{ kind: 'failed', transfer }] : [];
  });
}

function codeNews(now: Codes | null, before: Codes | null): News[] {
  if (now === null || now === before) return [];
  const receives = new Map(before?.receives.map((receive) => [receive.id, receive]));
  const sends = new Map(before?.sends.map((send) => [send.id, send]));
  return [
    ...now.receives.flatMap((receive) => receiveNews(receive, receives.get(receive.id))),
    ...now.sends.flatMap((send) => sendNews(send, sends.get(send.id))),
  ];
}

function receiveNews(receive: CodeReceive, before: CodeReceive | undefined): News[] {
  if (receive.state === before?.state) return [];
  // The other way brings a transfer, and that is told.
  if (receive.state === 'received' && receive.way === 'plain') return [{ kind: 'code-arrived', receive }];
  if (receive.text !== null && before?.text === null) return [{ kind: 'text', receive }];
  return receive.state === 'offered' ? [{ kind: 'offered', receive }] : [];
}

function sendNews(send: CodeSend, before: CodeSend | undefined): News[] {
  const receivers = new Map(before?.receivers.map((receiver) => [receiver.number, receiver]));
  return send.receivers.flatMap((receiver): News[] => {
    const known = receivers.get(receiver.number);
    if (receiver.state === known?.state) return [];
    if (receiver.state === 'received' && receiver.way === 'plain') return [{ kind: 'code-received', send, receiver }];
    return known ? [] : [{ kind: 'code-taken', send, receiver }];
  });
}
