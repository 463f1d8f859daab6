import type { UserId } from '@enxame/shared/ids';
import type { Administration } from '../admin/administration.js';
import type { Network } from '../domain/network.js';

/** What one part of the tracker holds of people. Whoever begins to hold something of them joins the list of these. */
export interface PersonalData {
  /** As the export names it. */
  readonly section: string;
  /** Fit to become JSON; a secret is not among it. */
  list(userId: UserId): readonly object[];
  /** All of it, from memory and from disk. Twice without harm: a crash may have come between. */
  forgetUser(userId: UserId): Promise<void>;
}

/** So many entries go in one write. */
const maxEntriesAtOnce = 5000;

/** What the catalogue and its administration hold of people; the account itself comes last of all (leaving.ts). */
export function createNetworkData(
  network: Pick<Network, 'entries' | 'catalogue' | 'people' | 'presence' | 'searches' | 'forgetCatalogue'>,
  administration: Administration,
): readonly PersonalData[] {
  return [
    {
      section: 'devices',
      list: (userId) =>
        [...network.presence.sessions()]
          .filter(({ user }) => user.id === userId)
          .map(({ deviceId, grant, remoteHost, addresses }) => ({
            deviceId,
            name: grant.deviceName,
            remoteHost,
            addresses,
          })),
      forgetUser: () => Promise.resolve(), // sessions end before anything else does
    },
    {
      section: 'entries',
      list: (userId) => network.entries.ownedBy(userId).map(({ entry }) => entry),
      forgetUser: async (userId) => {
        const owner = network.people.get(userId);
        const ids = network.entries.ownedBy(userId).map(({ id }) => id);
        for (let start = 0; owner && start < ids.length; start += maxEntriesAtOnce) {
          await network.catalogue.remove(owner, ids.slice(start, start + maxEntriesAtOnce));
        }
        await network.forgetCatalogue(userId);
      },
    },
    {
      section: 'saved searches',
      list: (userId) => network.searches.list(userId),
      forgetUser: (userId) => network.searches.forgetUser(userId),
    },
    {
      section: 'removed entries',
      list: (userId) => administration.removals.list().filter(({ owner }) => owner.id === userId),
      forgetUser: (userId) => administration.forgetUser(userId),
    },
  ];
}
