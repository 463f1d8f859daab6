import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { UserId } from '@enxame/shared/ids';
import { linkIdSchema, maxLinksPerUser, maxLinksShown, type LinkId } from '@enxame/shared/tracker/link';
import type { Clock } from './clock.js';
import { hashPassword } from './link-password.js';
import { addRecord, type Records } from './records.js';
import type { StoredLink } from './stored-link.js';

const idBytes = 16;
const saltBytes = 16;
/** Told when the link ends while somebody takes what is behind it. */
export type OnRevoked = () => void;

export interface LinkOptions {
  readonly lifeMs: number | null;
  readonly maxDownloads: number | null;
  readonly password: string | null;
}

export type LinkTarget = Pick<StoredLink, 'entryId' | 'contentId' | 'sha256' | 'name' | 'size' | 'collection'>;

/** Addresses that anybody may use who was given one. (docs/spec/http-api.md, H30 to H38) */
export interface Links {
  /** Throws `catalogue-full` past `maxLinksPerUser`. */
  create(userId: UserId, target: LinkTarget, options: LinkOptions): Promise<StoredLink>;
  list(userId: UserId, after: LinkId | undefined): { links: StoredLink[]; total: number };
  /** Throws `link-ended` for one that is not there, is over, or is used up. */
  open(id: LinkId): StoredLink;
  /** One of this user. Throws `link-ended`. */
  own(userId: UserId, id: LinkId): StoredLink;
  /** One more download has begun; on disk when it resolves. Throws `link-ended` when there was none left. */
  count(id: LinkId): Promise<void>;
  /** It came to nothing before the first byte. */
  uncount(id: LinkId): Promise<void>;
  /** Calls back when the link is revoked, until the returned function is called. */
  follow(id: LinkId, onRevoked: OnRevoked): () => void;
  /** What is not there, or not this user's, is passed over. */
  revoke(userId: UserId, id: LinkId): Promise<void>;
  removeUser(userId: UserId): Promise<void>;
  readonly size: number;
}

export function createLinks(deps: {
  readonly records: Records<StoredLink>;
  readonly clock: Pick<Clock, 'now'>;
  readonly randomBytes: (bytes: number) => Uint8Array;
  readonly onGone: (id: LinkId) => void;
}): Links {
  const { records, clock, randomBytes } = deps;
  const followers = new Map<LinkId, Set<OnRevoked>>();

  const ownedBy = (userId: UserId): StoredLink[] =>
    [...records.values()].filter((link) => link.userId === userId).reverse(); // newest first: they are kept in order

  const isUsedUp = ({ maxDownloads, downloads }: StoredLink): boolean =>
    maxDownloads !== null && downloads >= maxDownloads;

  function get(id: LinkId): StoredLink {
    const link = records.get(id);
    if (!link || (link.expiresAt !== null && link.expiresAt <= clock.now())) throw new EnxameError('link-ended');
    return link;
  }

  async function remove({ id }: StoredLink): Promise<void> {
    const gone = records.delete(id); // from now on it opens nothing, whatever the disk says
    for (const onRevoked of [...(followers.get(id) ?? [])]) onRevoked();
    deps.onGone(id);
    await gone;
  }

  return {
    get size() {
      return records.size;
    },
    create: async (userId, target, { lifeMs, maxDownloads, password }) => {
      if (ownedBy(userId).length >= maxLinksPerUser) throw new EnxameError('catalogue-full', { max: maxLinksPerUser });
      const id = linkIdSchema.parse(Buffer.from(randomBytes(idBytes)).toString('base64url'));
      const link: StoredLink = {
        ...target,
        id,
        userId,
        createdAt: clock.now(),
        expiresAt: lifeMs === null ? null : clock.now() + lifeMs,
        maxDownloads,
        downloads: 0,
        password: password === null ? null : await hashPassword(password, randomBytes(saltBytes)),
      };
      await addRecord(records, id, link);
      return link;
    },
    list: (userId, after) => {
      const all = ownedBy(userId);
      const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
      return { links: all.slice(start, start + maxLinksShown), total: all.length };
    },
    open: get,
    own: (userId, id) => {
      const link = records.get(id);
      if (link?.userId !== userId) throw new EnxameError('link-ended');
      return link;
    },
    count: async (id) => {
      const link = get(id);
      if (isUsedUp(link)) throw new EnxameError('link-ended');
      // Visible at once: of two who ask for the last one, one gets it.
      await records.set(id, { ...link, downloads: link.downloads + 1 });
    },
    uncount: async (id) => {
      const link = records.get(id);
      if (link) await records.set(id, { ...link, downloads: Math.max(0, link.downloads - 1) });
    },
    follow: (id, onRevoked) => {
      const own = followers.get(id) ?? new Set();
      followers.set(id, own.add(onRevoked));
      return () => {
        own.delete(onRevoked);
        if (own.size === 0 && followers.get(id) === own) followers.delete(id);
      };
    },
    revoke: async (userId, id) => {
      const link = records.get(id);
      if (link?.userId === userId) await remove(link);
    },
    removeUser: async (userId) => {
      for (const link of ownedBy(userId)) await remove(link);
    },
  };
}
