import type { CodeId, CodeOffer, CodeReceiver } from '@enxame/shared/engine/code';
import type { HistoryRecord } from '@enxame/shared/engine/history';
import { transferIdSchema } from '@enxame/shared/ids';

/**
 * What went to another program, as the history keeps it. That program has said that it has every byte, but nobody signed
 * it: without a receipt it counts as sent. (docs/spec/codes.md, W42)
 */
export function toPlainSendRecord(
  codeId: CodeId,
  { number, startedAt }: CodeReceiver,
  { shown, sha256, finishedAt }: { readonly shown: CodeOffer; readonly sha256: string; readonly finishedAt: number },
): HistoryRecord {
  return {
    id: transferIdSchema.parse(`${codeId}-${String(number)}`),
    direction: 'send',
    result: 'sent',
    contentId: null,
    name: shown.name,
    size: shown.size,
    files: shown.files,
    personName: '',
    deviceId: null,
    userId: null,
    startedAt,
    finishedAt,
    bytesMoved: shown.size,
    path: null,
    sha256,
    receipt: null,
    error: null,
  };
}
