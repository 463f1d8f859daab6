import { toContentType } from '@enxame/shared/content/content-type';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentId, EntryId, UserId } from '@enxame/shared/ids';
import type { LinkId, LinkPage } from '@enxame/shared/tracker/link';
import type { HostedCopies } from '../domain/hosted-copies.js';
import { isPassword, type LinkPasses } from '../domain/link-password.js';
import type { LinkTarget, Links } from '../domain/links.js';
import type { Network } from '../domain/network.js';
import type { StoredLink } from '../domain/stored-link.js';
import type { Contents, LocatedContent } from './contents.js';

/** Who may see and take what is behind a link. */
export interface LinkAccess {
  /** What this user can make a link to. Throws `entry-not-found`, `entry-not-yours`. */
  targetOf(userId: UserId, target: EntryId | ContentId): LinkTarget;
  page(id: LinkId, pass: string | undefined): LinkPage;
  /** Throws `link-password-wrong`, and `link-ended`. */
  unlock(id: LinkId, password: string): Promise<string>;
  /** The link and its content for who may have it. Throws `link-ended`, `link-password-wrong` without a pass. */
  enter(id: LinkId, pass: string | undefined): { link: StoredLink; content: LocatedContent };
}

export function createLinkAccess(deps: {
  readonly links: Links;
  readonly passes: LinkPasses;
  readonly copies: HostedCopies;
  readonly contents: Contents;
  readonly network: Pick<Network, 'entries' | 'reading' | 'people'>;
}): LinkAccess {
  const { links, passes, copies, contents, network } = deps;

  /** Its owner shares the content still, under any name, or the tracker keeps it for the owner. */
  function isShared({ userId, contentId, entryId }: StoredLink): boolean {
    const copy = copies.get(contentId);
    if (copy?.holders.some((holder) => holder.userId === userId)) return true;
    const record = entryId === null ? undefined : network.entries.get(entryId);
    if (record?.owner.id === userId && record.entry.contentId === contentId) return true;
    const query = { text: contentId, owner: userId, available: false, sort: 'addedAt', descending: true } as const;
    return network.reading.page(query, { offset: 0, limit: 1 }, userId).total > 0;
  }

  /** Throws `link-ended`, too, when its owner took the content back. */
  function open(id: LinkId): StoredLink {
    const link = links.open(id);
    if (!isShared(link)) throw new EnxameError('link-ended');
    return link;
  }

  const isOpen = ({ id, password }: StoredLink, pass: string | undefined): boolean =>
    password === null || passes.isGood(id, password, pass);

  function contentOf(link: StoredLink): NonNullable<LinkPage['content']> {
    const { name, size, contentId, sha256, collection } = link;
    const owner = network.people.get(link.userId);
    return {
      name,
      size,
      contentId,
      sha256:
        sha256 ?? copies.get(contentId)?.sha256 ?? network.reading.find(contentId, link.userId)?.entry.sha256 ?? null,
      type: collection ? 'folder' : toContentType(name),
      files: collection?.files ?? null,
      owner: {
        name: owner?.name ?? '',
        online: owner?.online ?? false,
        lastSeenAt: owner?.online === true ? null : (owner?.lastSeenAt ?? null),
      },
      from: contents.locate(link).from,
    };
  }

  return {
    targetOf: (userId, target) => {
      const record = network.reading.find(target, userId);
      const isHeld = copies.get(target as ContentId)?.holders.some((holder) => holder.userId === userId) === true;
      const copy = isHeld ? copies.get(target as ContentId) : undefined;
      const own = record?.owner.id === userId ? record : ownEntryOf(userId, target);
      if (own) {
        const { contentId, sha256, name, size, collection } = own.entry;
        return { entryId: own.id, contentId, sha256, name, size, collection };
      }
      if (copy) {
        const { contentId, sha256, name, size, collection } = copy;
        return { entryId: null, contentId, sha256, name, size, collection };
      }
      throw new EnxameError(record ? 'entry-not-yours' : 'entry-not-found');
    },
    page: (id, pass) => {
      const link = open(id);
      const isFree = isOpen(link, pass);
      return {
        id,
        needsPassword: !isFree,
        expiresAt: link.expiresAt,
        downloadsLeft: link.maxDownloads === null ? null : Math.max(0, link.maxDownloads - link.downloads),
        content: isFree ? contentOf(link) : null,
      };
    },
    unlock: async (id, password) => {
      const link = open(id);
      if (link.password === null) throw new EnxameError('bad-request', { where: 'body.password' });
      if (!(await isPassword(link.password, password))) throw new EnxameError('link-password-wrong');
      return passes.create(id, link.password);
    },
    enter: (id, pass) => {
      const link = open(id);
      if (!isOpen(link, pass)) throw new EnxameError('link-password-wrong');
      return { link, content: contents.locate(link) };
    },
  };

  /** Of a content that several people share, the entry of this one. */
  function ownEntryOf(userId: UserId, target: EntryId | ContentId) {
    const query = { text: target, owner: userId, available: false, sort: 'addedAt', descending: true } as const;
    const [row] = network.reading.page(query, { offset: 0, limit: 1 }, userId).rows;
    return row && row.contentId === target ? network.entries.get(row.id) : undefined;
  }
}
