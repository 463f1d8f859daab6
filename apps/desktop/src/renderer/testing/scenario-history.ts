import type { EngineHandlers } from '@enxame/shared/engine/engine-host';
import type { HistoryRecord } from '@enxame/shared/engine/history';
import type { historyCalls } from '@enxame/shared/engine/history-calls';
import { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { Person } from '@enxame/shared/tracker/person';
import { contentId, deviceId, sha256, transferId } from './scenario-ids.js';
import type { ScenarioEngine } from './scenario.js';

const minute = 60_000;
const results = ['verified', 'received', 'sent', 'failed', 'cancelled', 'verified', 'received'] as const;
const names = [
  'thesis.pdf',
  'seafloor-model-v3.glb',
  'Wedding – Bia & João',
  'تقرير الرحلة.pdf',
  'lab-budget-2026.xlsx',
];

/** So many records, the newest first, of every kind. */
export function makeHistory(count: number, now: number, people: readonly Person[]): HistoryRecord[] {
  return Array.from({ length: count }, (_, index): HistoryRecord => {
    const result = results[index % results.length] ?? 'verified';
    const person = people[1 + (index % (people.length - 1))];
    const sending = result === 'received' || result === 'sent';
    const size = 1_000_000 + ((index * 7919) % 100_000) * 1000;
    const finishedAt = now - index * 37 * minute;
    const name = index < names.length ? (names[index] ?? '') : `field-notes-${String(index).padStart(6, '0')}.zip`;
    return {
      id: transferId(900_000 + index),
      direction: sending ? 'send' : 'receive',
      result,
      contentId: contentId(index),
      name,
      size,
      files: name.startsWith('Wedding') ? 2310 : null,
      personName: person?.name ?? '',
      deviceId: sending ? deviceId(index % 9) : null,
      userId: sending ? (person?.id ?? null) : null,
      startedAt: finishedAt - 4 * minute,
      finishedAt,
      bytesMoved: result === 'failed' || result === 'cancelled' ? Math.floor(size / 3) : size,
      path: result === 'verified' ? `/home/ana/Enxame/${name}` : null,
      sha256: result === 'verified' ? sha256(index) : null,
      receipt:
        result === 'received'
          ? ({
              contentId: contentId(index),
              size,
              receivedAt: finishedAt,
              grant: { device: deviceId(index % 9) },
              signature: 'c2lnbmF0dXJl',
            } as unknown as HistoryRecord['receipt'])
          : null,
      error: result === 'failed' ? { code: 'disk-full', params: { folder: '/media/ana/Fotos' } } : null,
    };
  });
}

export function createHistoryCalls(
  scenario: Pick<ScenarioEngine, 'history' | 'broadcast'>,
): Pick<EngineHandlers, keyof typeof historyCalls> {
  const matching = (text: string, direction: HistoryRecord['direction'] | undefined): HistoryRecord[] => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return scenario.history.filter((record) => {
      const haystack = `${record.name} ${record.personName} ${record.result}`.toLowerCase();
      return (
        (direction === undefined || record.direction === direction) && words.every((word) => haystack.includes(word))
      );
    });
  };
  return {
    'history:list': ({ text, direction, offset, limit }) => {
      const found = matching(text, direction);
      return { total: found.length, records: found.slice(offset, offset + limit) };
    },
    'history:export': ({ text, direction, path }) => {
      if (path.includes('taken')) throw new EnxameError('path-not-a-file', { path });
      return { path, records: matching(text, direction).length };
    },
    'history:remove': ({ ids }) => {
      const before = scenario.history.length;
      scenario.history = ids === undefined ? [] : scenario.history.filter(({ id }) => !ids.includes(id));
      scenario.broadcast('history:changed', {});
      return { removed: before - scenario.history.length };
    },
  };
}
