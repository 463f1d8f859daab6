import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { historyCalls } from '@enxame/shared/engine/history-calls';
import type { Ledger } from '../ledger.js';
import { definedOnly } from './defined-only.js';

export function createHistoryHandlers({
  history,
}: Pick<Ledger, 'history'>): Pick<EngineHandlers, keyof typeof historyCalls> {
  return {
    'history:list': (query) => history.list(query),
    'history:export': ({ path, format, ...query }) =>
      history.exportTo(path, format, { text: '', ...definedOnly(query) }),
    'history:remove': async ({ ids }) => ({ removed: await history.remove(ids) }),
  };
}
