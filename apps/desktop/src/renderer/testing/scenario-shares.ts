import { maxSharesInPage } from '@enxame/shared/engine/calls';
import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { Share } from '@enxame/shared/engine/share';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { contentId, entryId, sha256, userId } from './scenario-ids.js';
import type { ScenarioEngine } from './scenario.js';

type Scenario = Pick<ScenarioEngine, 'catalogue' | 'shares' | 'setShare' | 'status' | 'broadcast'>;

/** What is asked about shares. A path with `missing` in it is not there. */
export function createShareCalls(
  scenario: Scenario,
  nextSeed: () => number,
): Pick<EngineHandlers, 'share:add' | 'share:show' | 'share:remove' | 'shares:list'> {
  const { catalogue } = scenario;
  return {
    'share:add': ({ paths, visibility = { kind: 'everyone' } }) => {
      const refused = paths.filter((path) => path.includes('missing'));
      const shares = paths
        .filter((path) => !path.includes('missing'))
        .map((path): Share => {
          const seed = nextSeed();
          const name = path.split('/').at(-1) ?? path;
          return {
            id: entryId(seed),
            path,
            name,
            size: 1_000_000,
            files: null,
            state: 'shared',
            contentId: contentId(seed),
            sha256: sha256(seed),
            addedAt: Date.now(),
            bytesHashed: 1_000_000,
            visibility,
            announced: true,
            error: null,
          };
        });
      for (const share of shares) {
        scenario.setShare(share);
        const { id, name, size, addedAt } = share;
        const owner = { id: userId(0), name: scenario.status.user?.name ?? '', online: true };
        catalogue.rows = [
          ...catalogue.rows,
          {
            id,
            contentId: share.contentId ?? contentId(0),
            name,
            size,
            sha256: null,
            addedAt,
            owner,
            sources: 1,
            mine: true,
            here: true,
            ...(visibility.kind !== 'everyone' && { restricted: true as const }),
          },
        ];
      }
      catalogue.tell();
      return {
        shares,
        refused: refused.map((path) => ({ path, error: { code: 'path-not-found', params: { path } } })),
        refusedCount: refused.length,
        renamed: [],
        renamedCount: 0,
        hiddenCount: 0,
      };
    },
    'share:show': ({ id, visibility }) => {
      const share = scenario.shares.get(id);
      if (!share) throw new EnxameError('entry-not-found');
      const next = { ...share, visibility };
      scenario.setShare(next);
      catalogue.rows = catalogue.rows.map((row) => {
        if (row.id !== id) return row;
        const { restricted: _restricted, ...open } = row;
        return visibility.kind === 'everyone' ? open : { ...open, restricted: true };
      });
      catalogue.tell();
      return next;
    },
    'share:remove': ({ id }) => {
      scenario.shares.delete(id);
      scenario.broadcast('shares:changed', { upserted: [], removed: [id] });
      catalogue.rows = catalogue.rows.filter((row) => row.id !== id);
      catalogue.tell();
      return {};
    },
    'shares:list': ({ after }) => {
      const all = [...scenario.shares.values()];
      const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
      const page = all.slice(start, start + maxSharesInPage);
      const last = page.at(-1);
      return { shares: page, ...(last && start + page.length < all.length && { next: last.id }) };
    },
  };
}
