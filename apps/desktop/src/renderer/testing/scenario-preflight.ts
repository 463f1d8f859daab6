import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ScenarioEngine } from './scenario.js';

/** All is well, except what the test says of everything: `scenario.preflight`. */
export function createPreflightCalls(
  scenario: Pick<ScenarioEngine, 'catalogue' | 'preflight' | 'status'>,
): Pick<EngineHandlers, 'download:check'> {
  return {
    'download:check': ({ id, folder }) => {
      const row = scenario.catalogue.rows.find((one) => one.id === id || one.contentId === id);
      if (!row) throw new EnxameError('entry-not-found');
      const usual = folder === undefined;
      return {
        contentId: row.contentId,
        entryId: row.id,
        name: row.name,
        size: row.size,
        bytesHere: 0,
        bytesToFetch: row.size,
        files: row.collection?.files ?? null,
        filesHere: row.collection ? 0 : null,
        folder: folder ?? scenario.status.settings.downloadsFolder,
        freeBytes: 1e12,
        fits: true,
        collision: 'none',
        savedAs: row.name,
        renames: { count: 0, shown: [] },
        ...(usual && scenario.preflight),
      };
    },
  };
}
