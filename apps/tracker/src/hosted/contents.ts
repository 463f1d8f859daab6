import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId } from '@enxame/shared/ids';
import type { LinkPage } from '@enxame/shared/tracker/link';
import type { Response } from 'express';
import { fromFile, type SendableContent } from '../api/send-content.js';
import type { CatalogueIndex } from '../domain/catalogue-index.js';
import type { CopyFacts, HostedCopies } from '../domain/hosted-copies.js';
import type { HostedFiles } from './hosted-files.js';

type From = NonNullable<LinkPage['content']>['from'];

/** Where a content can be had from now. */
export interface LocatedContent extends CopyFacts {
  readonly from: From;
}

/** The contents that the tracker can send: what it hosts, and what somebody online has. */
export interface Contents {
  /** By SHA-256 or contentId. Throws `content-not-found`. */
  find(hash: string): LocatedContent;
  locate(facts: CopyFacts): LocatedContent;
  /** Throws `content-offline` when nobody has it now. */
  open(content: LocatedContent, response: Response): SendableContent;
}

export function createContents(deps: {
  readonly copies: HostedCopies;
  readonly files: HostedFiles;
  readonly index: Pick<CatalogueIndex, 'page' | 'find' | 'sourcesOf'>;
}): Contents {
  const { copies, files, index } = deps;

  function locate(facts: CopyFacts): LocatedContent {
    if (copies.isHere(facts.contentId)) return { ...facts, from: 'hosted' };
    const [source] = index.sourcesOf(facts.contentId);
    return { ...facts, from: source === undefined ? 'offline' : 'online' };
  }

  function factsOf(hash: string): CopyFacts | undefined {
    const isSha256 = hash.length === 64;
    const copy = isSha256 ? copies.findBySha256(hash) : copies.get(hash as ContentId);
    if (copy?.state === 'here') return copy;
    const query = { text: hash, available: false, sort: 'addedAt', descending: true } as const;
    return isSha256 ? index.page(query, { offset: 0, limit: 1 }).rows[0] : index.find(hash as ContentId)?.entry;
  }

  return {
    locate,
    find: (hash) => {
      const facts = factsOf(hash);
      if (!facts) throw new EnxameError('content-not-found');
      const { contentId, sha256, name, size, collection } = facts;
      return locate({ contentId, sha256, name, size, collection });
    },
    open: (content, response) => {
      if (content.from !== 'hosted' || content.collection) throw new EnxameError('content-offline');
      copies.used(content.contentId);
      return fromFile(content, () => files.openBlob(content.contentId), response);
    },
  };
}
