import { describeError } from '@enxame/shared/errors/describe-error';
import type { Language } from '@enxame/shared/language';
import { formatBytes, shortenName } from '../words/format.js';
import { shellWords } from '../words/pick-words.js';
import type { News } from './news.js';

/** What a person can do from a notification. */
export type NoticeDeed =
  | { readonly kind: 'show'; readonly path: string }
  | { readonly kind: 'retry'; readonly id: string }
  | { readonly kind: 'accept' | 'refuse'; readonly id: string }
  | { readonly kind: 'restart' };

export interface Notice {
  readonly title: string;
  readonly body: string;
  /** Where a click leads. */
  readonly page: 'transfers' | 'files' | 'settings';
  readonly deeds: readonly { readonly label: string; readonly deed: NoticeDeed }[];
}

/** News that are told together, as one: of one kind, and of one person. Those of a code stand alone. */
export function groupOf(news: News): string {
  switch (news.kind) {
    case 'arrived':
    case 'received':
      return `${news.kind} ${news.transfer.personName}`;
    case 'failed':
      return news.kind;
    case 'text':
    case 'offered':
    case 'code-arrived':
      return `${news.kind} ${news.receive.id}`;
    case 'code-taken':
    case 'code-received':
      return `${news.kind} ${news.send.id} ${news.receiver.number}`;
  }
}

/** The notice of one group. */
export function toNotice(group: readonly [News, ...News[]], language: Language): Notice {
  const { notices } = shellWords(language);
  const [first, ...others] = group;
  const count = group.length;
  const size = (bytes: number): string => formatBytes(bytes, language);
  const many = others.length > 0;
  switch (first.kind) {
    case 'arrived': {
      const { transfer } = first;
      const bytes = group.reduce((sum, news) => sum + ('transfer' in news ? news.transfer.size : 0), 0);
      const person = shortenName(transfer.personName);
      return {
        title: many ? notices.arrivedMany(count, person) : notices.arrived(shortenName(transfer.name)),
        body: many ? size(bytes) : notices.arrivedFrom(size(bytes), person),
        page: 'transfers',
        deeds: showDeed(transfer.path, notices.showInFolder),
      };
    }
    case 'received': {
      const person = shortenName(first.transfer.personName);
      const title = many
        ? notices.receivedMany(person, count)
        : notices.received(person, shortenName(first.transfer.name));
      return { title, body: '', page: 'transfers', deeds: [] };
    }
    case 'failed': {
      const { id, name, error } = first.transfer;
      const { what, todo } = describeError(error ?? { code: 'internal' }, language);
      if (many) return { title: notices.failedMany(count), body: notices.failedManyHow, page: 'transfers', deeds: [] };
      const deeds = [{ label: notices.tryAgain, deed: { kind: 'retry' as const, id } }];
      return { title: notices.failed(shortenName(name)), body: `${what} ${todo}`, page: 'transfers', deeds };
    }
    case 'text':
      return { title: notices.textArrived(nameOf(first.receive)), body: '', page: 'transfers', deeds: [] };
    case 'offered': {
      const { id, offer } = first.receive;
      return {
        title: notices.offered(nameOf(first.receive), size(offer?.size ?? 0)),
        body: shortenName(offer?.name ?? ''),
        page: 'transfers',
        deeds: [
          { label: notices.receive, deed: { kind: 'accept', id } },
          { label: notices.notNow, deed: { kind: 'refuse', id } },
        ],
      };
    }
    case 'code-arrived': {
      const { offer, savedAs } = first.receive;
      return {
        title: notices.arrived(shortenName(offer?.name ?? '')),
        body: notices.arrivedFrom(size(offer?.size ?? 0), nameOf(first.receive) ?? notices.somebody),
        page: 'transfers',
        deeds: showDeed(savedAs, notices.showInFolder),
      };
    }
    case 'code-taken': {
      const { verifier } = first.receiver;
      const title = notices.codeTaken(nameOf(first.receiver), first.send.code ?? '');
      return { title, body: notices.compare(verifier), page: 'transfers', deeds: [] };
    }
    case 'code-received': {
      const person = nameOf(first.receiver) ?? notices.somebody;
      const title = notices.received(person, shortenName(first.send.offer.name));
      return { title, body: '', page: 'transfers', deeds: [] };
    }
  }
}

/** What the other side calls itself. */
function nameOf({ personName }: { readonly personName: string | null }): string | null {
  return personName === null ? null : shortenName(personName);
}

function showDeed(path: string | null, label: string): Notice['deeds'] {
  return path === null ? [] : [{ label, deed: { kind: 'show', path } }];
}
