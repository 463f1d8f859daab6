import { contentIdOf } from '@enxame/engine/content/content-id';
import { toBase32 } from '@enxame/shared/content/base32';
import { toSafeFileName } from '@enxame/shared/content/file-name';
import { encodeManifest } from '@enxame/shared/content/manifest';
import { EnxameError, fromErrorInfo } from '@enxame/shared/errors/enxame-error';
import { entryIdSchema, type ContentId, type DeviceId, type UserId } from '@enxame/shared/ids';
import type { HostedCopy } from '@enxame/shared/tracker/hosted';
import { removeFile } from '@enxame/storage/durable-file';
import { toHostedCopy, type HostedCopies } from '../domain/hosted-copies.js';
import type { Network } from '../domain/network.js';
import type { User } from '../domain/user.js';
import type { HostedFiles } from './hosted-files.js';
import type { ReceivedFile } from './receive-files.js';

export interface WantedCopy {
  readonly contentId: ContentId;
  readonly name: string;
  readonly lifeMs: number | null;
}

/** What people do with hosted copies: the bytes, the records and the catalogue together. */
export interface Hosting {
  readonly copies: HostedCopies;
  readonly files: HostedFiles;
  /** As one of its holders sees it: who else holds it is told only where everybody may know of the content. (T141) */
  readonly show: (contentId: ContentId, reader: UserId) => HostedCopy | undefined;
  list(userId: UserId): { copies: HostedCopy[]; room: { usedBytes: number; quotaBytes: number } };
  /** A content of the catalogue is kept from now on. Throws `content-not-found`, `quota-exceeded`. */
  keep(user: Pick<User, 'id'>, wanted: WantedCopy): Promise<HostedCopy>;
  /** A file that came in becomes a hosted copy and an entry. Owns the file from here on. Throws as announcing does. */
  take(user: User, file: ReceivedFile, lifeMs: number | undefined): Promise<HostedCopy>;
}

export interface HostingDeps {
  readonly copies: HostedCopies;
  readonly files: HostedFiles;
  readonly network: Pick<Network, 'people' | 'catalogue' | 'users' | 'reading'>;
  readonly keeperId: DeviceId;
  readonly now: () => number;
  readonly randomBytes: (bytes: number) => Uint8Array;
  readonly progressOf: (contentId: ContentId) => { bytesHere: number; isFetching: boolean } | undefined;
}

export function createHosting(deps: HostingDeps): Hosting {
  const { copies, files, network, keeperId, now } = deps;

  const nameOf = (userId: UserId): string | undefined => network.users.get(userId)?.name;

  function show(contentId: ContentId, reader: UserId): HostedCopy | undefined {
    const copy = copies.get(contentId);
    if (!copy) return undefined;
    const isOpen = network.reading.hasContent(contentId, undefined);
    const holders = copy.holders.filter(({ userId }) => isOpen || userId === reader);
    return toHostedCopy({ ...copy, holders }, nameOf, deps.progressOf(contentId));
  }

  function shown(contentId: ContentId, reader: UserId): HostedCopy {
    const copy = show(contentId, reader);
    if (!copy) throw new Error('a copy went while it was made');
    return copy;
  }

  return {
    copies,
    files,
    show,
    list: (userId) => ({
      copies: copies.heldBy(userId).map(({ contentId }) => shown(contentId, userId)),
      room: copies.roomOf(userId),
    }),
    keep: async (user, { contentId, name, lifeMs }) => {
      const copy = copies.get(contentId);
      const entry = network.reading.find(contentId, user.id)?.entry;
      // That somebody else has a copy kept is nothing that this person may know by itself.
      const known = entry || copy?.holders.some(({ userId }) => userId === user.id) ? (copy ?? entry) : undefined;
      if (!known) throw new EnxameError('content-not-found');
      const { sha256, size, collection } = known;
      const before = copies.get(contentId)?.holders.find(({ userId }) => userId === user.id);
      const promised = copies.room.reserve(user.id);
      try {
        if (!before) await promised.ensure(size);
        await copies.want(
          { contentId, sha256, name, size, collection },
          {
            userId: user.id,
            entryId: before?.entryId ?? null,
            addedAt: now(),
            expiresAt: lifeMs === null ? null : now() + lifeMs,
          },
        );
      } finally {
        promised.release();
      }
      return shown(contentId, user.id);
    },
    take: async (user, file, lifeMs) => {
      const manifest = { size: file.size, pieceHashes: file.pieceHashes };
      const contentId = contentIdOf(manifest);
      const { size, sha256 } = file;
      const name = toSafeFileName(file.name);
      const before = copies.get(contentId)?.holders.find(({ userId }) => userId === user.id);
      const entryId = before?.entryId ?? entryIdSchema.parse(toBase32(deps.randomBytes(16)));
      const expiresAt = lifeMs === undefined ? null : now() + lifeMs;
      try {
        await copies.add(
          { contentId, sha256, name, size },
          { userId: user.id, entryId, addedAt: now(), expiresAt },
          () => files.place(file.path, contentId, encodeManifest(manifest)),
        );
      } finally {
        await removeFile(file.path); // it has another name now, or was here already
      }
      const owner = network.people.get(user.id);
      if (!owner) throw new Error('who may upload is somebody');
      const entry = { id: entryId, contentId, name, size, sha256, addedAt: now() };
      try {
        const [refused] = await network.catalogue.announce(owner, keeperId, [entry]);
        if (refused) throw fromErrorInfo(refused.error);
      } catch (error) {
        if (!before) await copies.drop(user.id, contentId);
        throw error;
      }
      return shown(contentId, user.id);
    },
  };
}
