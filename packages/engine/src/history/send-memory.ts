import type { HistoryRecord } from '@enxame/shared/engine/history';
import type { ContentId, TransferId } from '@enxame/shared/ids';
import { createKeyedTurns } from '../waiting/keyed-turns.js';
import type { Send, SendMemory } from '../peer/send-log.js';
import type { History } from './history.js';

/**
 * Sends as the history remembers them. Knows the latest of each device and content, so that what goes on after a restart
 * is the same send, and a receipt finds the one that it is for.
 */
export function createSendMemory(history: History, now: () => number): SendMemory {
  const idsOf = new Map<ContentId, TransferId[]>();
  const turns = createKeyedTurns();
  const ready = history.records().then((records) => {
    for (const record of records) note(record);
  });
  ready.catch(() => undefined); // told to who waits for it

  function note({ direction, contentId, id }: HistoryRecord): void {
    if (direction !== 'send' || contentId === null) return;
    const ids = idsOf.get(contentId) ?? [];
    if (!ids.includes(id)) idsOf.set(contentId, [...ids, id]);
  }

  async function put(record: HistoryRecord): Promise<void> {
    note(record);
    await history.put(record);
  }

  return {
    ready,
    find: (deviceId, contentId) => {
      let latest: HistoryRecord | undefined;
      for (const id of idsOf.get(contentId) ?? []) {
        const record = history.peek(id);
        if (record?.deviceId !== deviceId) continue;
        if (!latest || record.startedAt >= latest.startedAt) latest = record;
      }
      if (!latest) return undefined;
      const { id, startedAt, bytesMoved, size, receipt } = latest;
      return { id, startedAt, bytesSent: bytesMoved, size, isConfirmed: receipt !== null };
    },
    save: (send) => turns.run(send.id, () => put(toRecord(send))),
    confirm: (id, receipt, userId) =>
      turns.run(id, async () => {
        const record = history.peek(id);
        if (record) await put({ ...record, receipt, userId, result: 'received', finishedAt: now() });
      }),
  };
}

function toRecord(send: Send): HistoryRecord {
  return {
    id: send.id,
    direction: 'send',
    result: send.receipt ? 'received' : 'sent',
    contentId: send.contentId,
    name: send.name,
    size: send.size,
    files: send.files,
    personName: send.userName,
    deviceId: send.deviceId,
    userId: send.userId,
    startedAt: send.startedAt,
    finishedAt: send.lastActiveAt,
    bytesMoved: send.bytesSent,
    path: null,
    sha256: null,
    receipt: send.receipt,
    error: null,
  };
}
