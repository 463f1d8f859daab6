import { join } from 'node:path';
import type { CodeId } from '@enxame/shared/engine/code';
import { openJournal } from '@enxame/storage/journal';
import type { OnBroken } from '@enxame/storage/json-document';
import type { CodeHold } from './code-hold.js';
import {
  codeReceiverRecordSchema,
  codeSendRecordSchema,
  type CodeReceiverRecord,
  type CodeSendRecord,
} from './code-records.js';

/** What is sent under codes, and to whom, across restarts. Owns `code-sends.jsonl` and `code-receivers.jsonl`. */
export interface CodeMemory {
  sends(): Iterable<CodeSendRecord>;
  receiversOf(id: CodeId): CodeReceiverRecord[];
  holds(): Iterable<CodeHold>;
  /** Durable when they resolve. */
  putSend(record: CodeSendRecord): Promise<void>;
  putReceiver(record: CodeReceiverRecord): Promise<void>;
  /** With its receivers. */
  remove(id: CodeId): Promise<void>;
  close(): Promise<void>;
}

export async function openCodeMemory(dataFolder: string, onBroken: OnBroken): Promise<CodeMemory> {
  const sends = await openJournal<CodeSendRecord>(join(dataFolder, 'code-sends.jsonl'), codeSendRecordSchema, onBroken);
  const path = join(dataFolder, 'code-receivers.jsonl');
  const receivers = await openJournal<CodeReceiverRecord>(path, codeReceiverRecordSchema, onBroken);
  const keyOf = ({ codeId, number }: CodeReceiverRecord): string => `${codeId} ${String(number)}`;
  const receiversOf = (id: CodeId): CodeReceiverRecord[] =>
    [...receivers.values()].filter(({ codeId }) => codeId === id).sort((one, other) => one.number - other.number);

  return {
    sends: () => sends.values(),
    receiversOf,
    *holds() {
      for (const { hold } of sends.values()) if (hold) yield hold;
      for (const { hold } of receivers.values()) if (hold) yield hold;
    },
    putSend: (record) => sends.set(record.id, record),
    putReceiver: (record) => receivers.set(keyOf(record), record),
    remove: async (id) => {
      await Promise.all(receiversOf(id).map((record) => receivers.delete(keyOf(record))));
      await sends.delete(id);
    },
    close: async () => {
      await sends.close();
      await receivers.close();
    },
  };
}
