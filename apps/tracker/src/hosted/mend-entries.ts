import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { DeviceId } from '@enxame/shared/ids';
import type { OnBroken } from '@enxame/storage/json-document';
import type { HostedCopies } from '../domain/hosted-copies.js';
import type { Network } from '../domain/network.js';
import type { Records } from '../domain/records.js';
import type { StoredCopy } from '../domain/stored-copy.js';
import { endingsOf } from './hosted-files.js';

// What a start finds and should not: after a crash, or after somebody was at the disk. A disk that takes no writes keeps
// nobody from reading: what could not be mended is told, and tried again at the next start.

interface MendDeps {
  readonly records: Records<StoredCopy>;
  readonly network: Pick<Network, 'people' | 'catalogue' | 'entries'>;
  readonly keeperId: DeviceId;
  readonly onLateFailure: (error: unknown) => void;
}

/**
 * A copy is recorded before its entry is, and its entry goes before it does. Where only the record is there, the entry is
 * made again; where it may not be, the copy goes too. So neither is ever seen without the other.
 */
export async function mendEntries(deps: MendDeps & { readonly copies: Pick<HostedCopies, 'drop'> }): Promise<void> {
  const { network, keeperId } = deps;
  for (const { contentId, name, size, sha256, holders } of [...deps.records.values()]) {
    for (const { userId, entryId, addedAt } of holders) {
      if (entryId === null || network.entries.get(entryId)) continue;
      const owner = network.people.get(userId);
      const entry = { id: entryId, contentId, name, size, sha256, addedAt };
      try {
        const [refused] = owner ? await network.catalogue.announce(owner, keeperId, [entry]) : [];
        if (!owner || refused) await deps.copies.drop(userId, contentId);
      } catch (error) {
        deps.onLateFailure(error);
      }
    }
  }
}

/**
 * A copy whose bytes are gone from the disk is none: its entries go, and it is fetched again when somebody has it. `there`:
 * the names of the files that are there.
 */
export async function wantWhatIsGone(
  deps: MendDeps & { readonly there: ReadonlySet<string>; readonly onBroken: OnBroken },
): Promise<void> {
  const { records, network, keeperId } = deps;
  for (const copy of [...records.values()]) {
    const { contentId, name, collection, holders } = copy;
    const names = endingsOf(collection !== undefined).map((ending) => contentId + ending);
    const gone = names.find((each) => !deps.there.has(each));
    if (copy.state !== 'here' || gone === undefined) continue;
    deps.onBroken(new EnxameError('file-vanished', { name, file: gone }));
    try {
      for (const { userId, entryId } of holders) {
        const owner = network.people.get(userId);
        if (owner && entryId) await network.catalogue.withdraw(owner, keeperId, [entryId]);
      }
      await records.set(contentId, {
        ...copy,
        state: 'wanted',
        holders: holders.map((holder) => ({ ...holder, entryId: null })),
      });
    } catch (error) {
      deps.onLateFailure(error);
    }
  }
}
