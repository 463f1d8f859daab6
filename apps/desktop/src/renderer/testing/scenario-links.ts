import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { ContentId } from '@enxame/shared/ids';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { HostedCopy, hostedRequests } from '@enxame/shared/tracker/hosted';
import { linkIdSchema, type Link, type linkRequests } from '@enxame/shared/tracker/link';
import { tokenIdSchema, type Token, type tokenRequests } from '@enxame/shared/tracker/token';
import { contentId, userId } from './scenario-ids.js';
import type { ScenarioEngine } from './scenario.js';

type Calls = Pick<EngineHandlers, keyof typeof hostedRequests | keyof typeof linkRequests | keyof typeof tokenRequests>;

const day = 86_400_000;
const room = { usedBytes: 3_200_000_000, quotaBytes: 50_000_000_000 };

export function makeLink(seed: number, now: number, change: Partial<Link> = {}): Link {
  const id = linkIdSchema.parse(String(seed).padStart(22, 'L'));
  return {
    id,
    url: `https://127.0.0.1:7667/f/${id}`,
    contentId: contentId(seed),
    name: 'poster-sbpc-2026.ai',
    size: 88_600_000,
    isFolder: false,
    createdAt: now - day,
    expiresAt: now + 6 * day,
    maxDownloads: null,
    downloads: 0,
    hasPassword: false,
    ...change,
  };
}

/** Links, hosted copies and tokens as a tracker keeps them: in memory, and nobody downloads by itself. */
export function createLinkCalls(scenario: ScenarioEngine, now: number): Calls {
  let tokens: Token[] = [];
  const copies = new Map<ContentId, HostedCopy>();
  const tellHosted = (upserted: HostedCopy[], removed: ContentId[]): void => {
    scenario.broadcast('hosted:changed', { upserted, removed, room });
  };
  return {
    'hosted:watch': () => ({ copies: [...copies.values()], room }),
    'hosted:keep': ({ contentId: id, name }) => {
      const row = scenario.catalogue.rows.find((one) => one.contentId === id);
      if (!row) throw new EnxameError('content-not-found');
      const copy: HostedCopy = {
        contentId: id,
        sha256: row.sha256,
        name,
        size: row.size,
        state: 'fetching',
        bytesHere: Math.floor(row.size / 3),
        error: null,
        isCache: false,
        holders: [{ id: userId(0), name: 'Ana Andrade' }],
        addedAt: now,
        expiresAt: null,
      };
      copies.set(id, copy);
      tellHosted([copy], []);
      return copy;
    },
    'hosted:drop': ({ contentId: id }) => {
      copies.delete(id);
      tellHosted([], [id]);
      return {};
    },
    'link:create': ({ target, lifeMs, maxDownloads, password }) => {
      const row = scenario.catalogue.rows.find(({ id, contentId: content }) => id === target || content === target);
      if (!row) throw new EnxameError('entry-not-found');
      const link = makeLink(100 + scenario.links.length, now, {
        contentId: row.contentId,
        name: row.name,
        size: row.size,
        createdAt: now,
        expiresAt: lifeMs === null ? null : now + lifeMs,
        maxDownloads,
        hasPassword: password !== null,
      });
      scenario.links = [link, ...scenario.links];
      return link;
    },
    'links:list': () => ({ links: [...scenario.links], total: scenario.links.length }),
    'link:takes': () => ({
      total: 3,
      takes: [
        { at: now - 600_000, who: 'Marina Souza', agent: 'Firefox', bytes: 88_600_000, isComplete: true },
        { at: now - 3_600_000, who: null, agent: 'Chrome, Android', bytes: 88_600_000, isComplete: true },
        { at: now - day, who: null, agent: '', bytes: 12_000_000, isComplete: false },
      ],
    }),
    'link:revoke': ({ id }) => {
      scenario.links = scenario.links.filter((link) => link.id !== id);
      return {};
    },
    'token:create': ({ name, scopes }) => {
      const id = tokenIdSchema.parse(String(tokens.length).padStart(11, 'T'));
      const token: Token = { id, name, scopes, createdAt: now, lastUsedAt: null };
      tokens = [token, ...tokens];
      return { token, secret: `enxame_${id}_${'s'.repeat(32)}` };
    },
    'tokens:list': () => ({ tokens }),
    'token:revoke': ({ id }) => {
      tokens = tokens.filter((token) => token.id !== id);
      return {};
    },
  };
}
