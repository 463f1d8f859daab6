import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { watchedCalls } from '@enxame/shared/engine/watched-calls';
import type { WatchedFolders } from '../watched/watched-folders.js';

export function createWatchedHandlers(
  watched: Pick<WatchedFolders, 'list' | 'add' | 'remove'>,
): Pick<EngineHandlers, keyof typeof watchedCalls> {
  return {
    'watched:list': () => ({ folders: watched.list() }),
    'watched:add': (wanted) => watched.add(wanted),
    'watched:remove': async ({ path }) => {
      await watched.remove(path);
      return {};
    },
  };
}
