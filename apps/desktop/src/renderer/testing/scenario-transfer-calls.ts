import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import { pieceCell } from '@enxame/shared/engine/piece-cells';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ScenarioEngine } from './scenario.js';
import { transferId } from './scenario-ids.js';
import { makeTransfer } from './scenario-transfers.js';

type Calls = Pick<
  EngineHandlers,
  'download:start' | 'transfers:list' | 'transfer:pause' | 'transfer:resume' | 'transfer:remove' | 'transfer:pieces'
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
    'transfer:pieces': ({ id }) => {
      const transfer = transfers.get(id);
      if (!transfer) throw new EnxameError('transfer-not-found');
      return { pieceCount: transfer.pieceCount, map: toMap(transfer) };
    },
    'transfer:remove': ({ id }) => {
      transfers.delete(id);
      scenario.broadcast('transfers:changed', { upserted: [], removed: [id] });
      return {};
    },
  };
}

/** Verified from the start, then a ragged edge with some that come, then little: as rarest first leaves it. */
function toMap({ pieceCount, piecesVerified, state }: Transfer): string {
  const map = new Uint8Array(pieceCount);
  const edge = Math.floor(piecesVerified * 0.7);
  map.fill(pieceCell.verified, 0, edge);
  for (let left = piecesVerified - edge, at = edge; left > 0 && at < pieceCount; at++) {
    if ((at * 7919) % 10 < 4) {
      map[at] = pieceCell.verified;
      left--;
    } else if (state === 'moving' && (at * 31) % 97 === 0) map[at] = pieceCell.moving;
  }
  return btoa(String.fromCharCode(...map));
}
