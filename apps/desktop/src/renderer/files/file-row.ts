import type { EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import type { Share } from '@enxame/shared/engine/share';
import type { Transfer } from '@enxame/shared/engine/transfer';
import type { ContentId, EntryId, UserId } from '@enxame/shared/ids';
import type { Person } from '@enxame/shared/tracker/person';

/** A line of any list of files: of the catalogue, or of what this computer has. */
export interface FileRow {
  readonly key: string;
  /** Null for a download whose entry is no longer known. */
  readonly entryId: EntryId | null;
  readonly contentId: ContentId | null;
  readonly name: string;
  readonly size: number;
  /** How many files a folder has; null for a file. */
  readonly files: number | null;
  readonly sha256: string | null;
  readonly addedAt: number;
  /** `id` and `online` are null where only the name is known. */
  readonly owner: { readonly id: UserId | null; readonly name: string; readonly online: boolean | null };
  /** How many can serve it now; null where that was not asked. */
  readonly sources: number | null;
  readonly mine: boolean;
  readonly here: boolean;
  /** It is for some people only, this person among them. */
  readonly restricted?: boolean | undefined;
}

export function fromCatalogueRow(row: EngineCatalogueRow): FileRow {
  return { ...row, files: row.collection?.files ?? null, key: row.id, entryId: row.id };
}

interface Here {
  readonly shares: Iterable<Share>;
  readonly transfers: Iterable<Transfer>;
  readonly user: { readonly id: UserId; readonly name: string } | null;
  /** Who is known in the network: a download remembers only the name of whom it came from. */
  readonly people: readonly Person[];
}

/**
 * What this computer has, whole and verified: the files that it shares and the downloads that arrived. The tracker cannot
 * know this, so it is put together here. The same content shared and downloaded is one line: the shared one.
 */
export function listFilesHere({ shares, transfers, user, people }: Here): FileRow[] {
  const rows: FileRow[] = [];
  const contents = new Set<ContentId>();
  const byName = new Map(people.map(({ id, name, online }) => [name, { id, name, online }]));
  for (const share of shares) {
    if (share.state !== 'shared' || share.contentId === null) continue;
    contents.add(share.contentId);
    const owner = { id: user?.id ?? null, name: user?.name ?? '', online: true };
    const restricted = share.visibility.kind !== 'everyone';
    rows.push({ ...share, key: share.id, entryId: share.id, owner, sources: null, mine: true, here: true, restricted });
  }
  for (const transfer of transfers) {
    if (transfer.direction !== 'receive' || transfer.state !== 'verified' || contents.has(transfer.contentId)) continue;
    contents.add(transfer.contentId);
    rows.push({
      key: transfer.id,
      entryId: transfer.entryId,
      contentId: transfer.contentId,
      name: transfer.name,
      size: transfer.size,
      files: transfer.folder?.files ?? null,
      sha256: transfer.sha256,
      addedAt: transfer.finishedAt ?? transfer.startedAt,
      owner: byName.get(transfer.personName) ?? { id: null, name: transfer.personName, online: null },
      sources: null,
      mine: false,
      here: true,
    });
  }
  return rows;
}

/** Where a content lies on this computer, or null. */
export function findPathHere(
  contentId: ContentId | null,
  shares: Iterable<Share>,
  transfers: Iterable<Transfer>,
): string | null {
  if (contentId === null) return null;
  for (const transfer of transfers) {
    if (transfer.contentId === contentId && transfer.state === 'verified' && transfer.path !== null)
      return transfer.path;
  }
  for (const share of shares) {
    if (share.contentId === contentId && share.state === 'shared') return share.path;
  }
  return null;
}
