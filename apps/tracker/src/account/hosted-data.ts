import type { UserId } from '@enxame/shared/ids';
import type { Api } from '../api/open-api.js';
import type { Links } from '../domain/links.js';
import { toLink, type StoredLink } from '../domain/stored-link.js';
import type { PersonalData } from './personal-data.js';

/** What the HTTP side holds of people: hosted copies, links with who took what, tokens. */
export function createHostedData({
  forDevices,
  webSessions,
}: Pick<Api, 'forDevices' | 'webSessions'>): readonly PersonalData[] {
  const { hosting, links, linkTakes, tokens } = forDevices;
  return [
    {
      section: 'hosted copies',
      // Who else holds one is theirs to say.
      list: (userId) => hosting.list(userId).copies.map(({ holders: _holders, ...copy }) => copy),
      forgetUser: async (userId) => {
        for (const { contentId } of hosting.copies.heldBy(userId)) await hosting.copies.drop(userId, contentId);
      },
    },
    {
      section: 'links',
      list: (userId) =>
        allLinks(links, userId).map((link) => ({ ...toLink(link, ''), takes: linkTakes.list(link.id).takes })),
      forgetUser: (userId) => links.removeUser(userId),
    },
    {
      section: 'tokens',
      list: (userId) => tokens.list(userId),
      forgetUser: async (userId) => {
        webSessions.removeUser(userId);
        await tokens.removeUser(userId);
      },
    },
  ];
}

function allLinks(links: Links, userId: UserId): StoredLink[] {
  const found: StoredLink[] = [];
  for (;;) {
    const page = links.list(userId, found.at(-1)?.id);
    found.push(...page.links);
    if (page.links.length === 0) return found;
  }
}
