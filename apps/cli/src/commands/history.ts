import { resolve } from 'node:path';
import type { EngineClient } from '@enxame/shared/engine/engine-client';
import { maxHistoryPage, type HistoryPage, type HistoryRecord } from '@enxame/shared/engine/history';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { formatBytes } from '../output/format.js';
import { toTable } from '../output/table.js';
import { ledgerWords } from '../words/ledger-words.js';

export interface HistoryFlags {
  readonly text: string;
  readonly direction: HistoryRecord['direction'] | undefined;
  /** The newest so many. */
  readonly limit: number | undefined;
  /** A new file; CSV by its extension, else JSON lines. */
  readonly export: string | undefined;
}

type Query = { readonly text: string; readonly direction?: HistoryRecord['direction'] };

export function runHistory(context: CommandContext, flags: HistoryFlags): Promise<Outcome> {
  const words = ledgerWords[context.language];
  const query: Query = { text: flags.text, ...(flags.direction && { direction: flags.direction }) };
  return withEngine(context, async ({ client }) => {
    if (flags.export !== undefined) {
      const path = resolve(context.workingFolder, flags.export);
      const format = path.toLowerCase().endsWith('.csv') ? 'csv' : 'jsonl';
      const done = await client.call('history:export', { ...query, path, format });
      return { document: done, text: () => words.exported(done.records, done.path) };
    }
    const page = await readHistory(client, query, flags.limit ?? Infinity);
    return { document: page, text: () => describe(context, page) };
  });
}

async function readHistory(client: EngineClient, query: Query, limit: number): Promise<HistoryPage> {
  const records = new Map<string, HistoryRecord>();
  for (let offset = 0; ; offset += maxHistoryPage) {
    const page = await client.call('history:list', {
      ...query,
      offset,
      limit: Math.min(maxHistoryPage, limit - offset),
    });
    // What comes meanwhile moves the rest on: the same record may be in two pages.
    for (const record of page.records) records.set(record.id, record);
    const next = offset + maxHistoryPage;
    if (next >= page.total || next >= limit)
      return { total: page.total, records: [...records.values()].slice(0, limit) };
  }
}

function describe({ language, words: common }: CommandContext, { records, total }: HistoryPage): string {
  const words = ledgerWords[language];
  if (records.length === 0) return words.noHistory;
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });
  const table = toTable(
    [
      { title: '', cell: ({ direction }) => (direction === 'receive' ? '↓' : '↑') },
      { title: words.columns.when, cell: ({ finishedAt }) => time.format(finishedAt) },
      { title: words.columns.size, cell: ({ size }) => formatBytes(size, language), align: 'right' },
      { title: words.columns.result, cell: ({ result }) => words.results[result] },
      { title: words.columns.person, cell: ({ personName }) => personName },
      { title: words.columns.name, cell: ({ name }) => name },
    ],
    records,
  );
  return records.length < total ? `${table}\n${common.shown(records.length, total)}` : table;
}
