import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ScenarioEngine } from './scenario-engine.js';
import { transferId } from './scenario-ids.js';
import { makeTransfer } from './scenario-transfers.js';

type Calls = Pick<
  EngineHandlers,
  'download:start' | 'transfers:list' | 'transfer:pause' | 'transfer:resume' | 'transfer:remove'
>;

/** What is asked about transfers. */
export function createTransferCalls(
  scenario: Pick<ScenarioEngine, 'transfers' | 'setTransfer' | 'catalogue' | 'broadcast'>,
  nextSeed: () => number,
): Calls {
  const { transfers, catalogue } = scenario;
  const change = (id: string, update: Partial<Transfer>): Record<string, never> => {
    const transfer = transfers.get(id);
    if (!transfer) throw new EnxameError('transfer-not-found');
    scenario.setTransfer({ ...transfer, ...update });
    return {};
  };
  return {
    'download:start': ({ id }) => {
      const row = catalogue.rows.find((candidate) => candidate.id === id || candidate.contentId === id);
      if (!row) throw new EnxameError('entry-not-found');
      const started = makeTransfer(row, transferId(nextSeed()), Date.now(), {
        state: row.sources > 0 ? 'moving' : 'waiting',
      });
      scenario.setTransfer(started);
      return started;
    },
    'transfers:list': () => ({ transfers: [...transfers.values()] }),
    'transfer:pause': ({ id }) => change(id, { state: 'paused', bytesPerSecond: 0, secondsLeft: null }),
    'transfer:resume': ({ id }) => change(id, { state: 'moving', error: null }),
    'transfer:remove': ({ id }) => {
      transfers.delete(id);
      scenario.broadcast('transfers:changed', { upserted: [], removed: [id] });
      return {};
    },
  };
}
