import type { limitCalls } from '@enxame/shared/engine/limit-calls';
import type { EngineHandlers } from '@enxame/shared/engine/engine-host';

import { definedOnly } from './defined-only.js';
import type { Ledger } from '../ledger.js';
import type { TransferList } from '../transfers/transfer-list.js';

export function createLimitHandlers({
  ledger: { limits },
  transfers,
}: {
  readonly ledger: Pick<Ledger, 'limits'>;
  readonly transfers: TransferList;
}): Pick<EngineHandlers, keyof typeof limitCalls> {
  return {
    'limits:get': () => limits.status,
    'limits:set': (change) => limits.update(definedOnly(change)),
    'transfer:limit': async ({ id, bytesPerSecond }) => {
      await transfers.limit(id, bytesPerSecond);
      return {};
    },
    'transfer:prioritise': async ({ id, priority }) => {
      await transfers.prioritise(id, priority);
      return {};
    },
    'transfer:move': async ({ id, before }) => {
      await transfers.move(id, before);
      return {};
    },
  };
}
