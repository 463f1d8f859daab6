import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { limitCalls } from '@enxame/shared/engine/limit-calls';
import type { Limits, LimitsStatus } from '@enxame/shared/engine/limits';
import type { Transfer } from '@enxame/shared/engine/transfer';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import { queueOf } from '../transfers/transfer-facts.js';
import type { ScenarioEngine } from './scenario.js';

type Scenario = Pick<ScenarioEngine, 'transfers' | 'setTransfer' | 'broadcast'>;

export function makeLimits(): LimitsStatus {
  const limits: Limits = {
    always: { send: null, receive: null },
    schedule: [],
    people: [],
    uploadSlots: 8,
    downloadSlots: 4,
  };
  return { limits, inForce: limits.always, changesAt: null };
}

/** What is asked about limits and the order of the queue. The clock of the schedule is the test's own. */
export function createLimitCalls(
  scenario: Scenario & { limits: LimitsStatus },
): Pick<EngineHandlers, keyof typeof limitCalls> {
  const { transfers } = scenario;
  const find = (id: string): Transfer => {
    const transfer = transfers.get(id);
    if (!transfer) throw new EnxameError('transfer-not-found');
    return transfer;
  };
  return {
    'limits:get': () => scenario.limits,
    'limits:set': (change) => {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => (value as unknown) !== undefined));
      const limits: Limits = { ...scenario.limits.limits, ...given };
      scenario.limits = {
        ...scenario.limits,
        limits,
        ...(limits.schedule.length === 0 && { inForce: limits.always, changesAt: null }),
      };
      scenario.broadcast('limits:changed', scenario.limits);
      return scenario.limits;
    },
    'transfer:limit': ({ id, bytesPerSecond }) => {
      scenario.setTransfer({ ...find(id), limitBytesPerSecond: bytesPerSecond });
      return {};
    },
    'transfer:prioritise': ({ id, priority }) => {
      scenario.setTransfer({ ...find(id), priority });
      return {};
    },
    'transfer:move': ({ id, before }) => {
      const moved = find(id);
      const others = queueOf(transfers.values()).filter((one) => one.id !== id);
      const place = before === null ? others.length : others.findIndex((one) => one.id === before);
      const order = others.toSpliced(place, 0, moved);
      const upserted = order.map((one, index) => ({ ...one, queue: { position: index + 1, startsInSeconds: null } }));
      for (const one of upserted) transfers.set(one.id, one);
      scenario.broadcast('transfers:changed', { upserted, removed: [] });
      return {};
    },
  };
}
