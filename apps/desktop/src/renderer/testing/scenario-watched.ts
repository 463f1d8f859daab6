import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { watchedCalls, WatchedFolder } from '@enxame/shared/engine/watched-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ScenarioEngine } from './scenario.js';

type Scenario = Pick<ScenarioEngine, 'watched' | 'broadcast'>;

/** What is asked about watched folders. A path with `missing` in it is not there. */
export function createWatchedCalls(scenario: Scenario): Pick<EngineHandlers, keyof typeof watchedCalls> {
  const set = (watched: readonly WatchedFolder[]): void => {
    scenario.watched = [...watched];
    scenario.broadcast('watched:changed', { folders: scenario.watched });
  };
  return {
    'watched:list': () => ({ folders: scenario.watched }),
    'watched:add': ({ path, visibility = { kind: 'everyone' } }) => {
      if (path.includes('missing')) throw new EnxameError('path-not-found', { path });
      const folder: WatchedFolder = {
        path,
        visibility,
        addedAt: Date.now(),
        shared: 0,
        last: null,
        waiting: 0,
        error: null,
      };
      set([...scenario.watched.filter((known) => known.path !== path), folder]);
      return folder;
    },
    'watched:remove': ({ path }) => {
      set(scenario.watched.filter((known) => known.path !== path));
      return {};
    },
  };
}
