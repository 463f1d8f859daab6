import { basename } from 'node:path';
import type { CodeReceive } from '@enxame/shared/engine/code';
import type { HistoryRecord } from '@enxame/shared/engine/history';
import { transferIdSchema } from '@enxame/shared/ids';

/** What came from another program, or did not, as the history keeps it. */
export function toPlainRecord(
  view: CodeReceive,
  times: { readonly startedAt: number; readonly finishedAt: number },
  end: Pick<HistoryRecord, 'result' | 'sha256' | 'error'>,
): HistoryRecord {
  const { id, offer, personName, bytesDone, savedAs } = view;
  return {
    ...times,
    ...end,
    id: transferIdSchema.parse(id),
    direction: 'receive',
    contentId: null,
    name: savedAs === null ? (offer?.name ?? '') : basename(savedAs),
    size: offer?.size ?? 0,
    files: offer?.files ?? null,
    personName: personName ?? '',
    deviceId: null,
    userId: null,
    bytesMoved: bytesDone,
    path: savedAs,
    receipt: null,
  };
}
