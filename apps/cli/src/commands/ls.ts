import type { EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import type { EngineClient } from '@enxame/shared/engine/engine-client';
import { maxWindowRows } from '@enxame/shared/tracker/catalogue-query';
import type { CommandContext, Outcome } from '../command-context.js';
import { withEngine } from '../engine/engine-link.js';
import { untilConnected } from '../engine/tracker-ready.js';
import { formatBytes } from '../output/format.js';
import { toTable } from '../output/table.js';

/** A list that changes under every reading of it is given as the last reading found it. */
const maxReadings = 3;

export interface LsOptions {
  readonly query: string;
  readonly limit: number | undefined;
}

export function runLs(context: CommandContext, { query, limit }: LsOptions): Promise<Outcome> {
  return withEngine(context, async ({ client }) => {
    await untilConnected(client, context.stop);
    const { rows, total } = await readCatalogue(client, query, limit ?? Infinity);
    return {
      document: { entries: rows.map(toEntry), total },
      text: () => describe(context, rows, total),
    };
  });
}

/** Newest first. Read from the oldest on: what is added meanwhile then comes after, and moves no page. */
async function readCatalogue(client: EngineClient, text: string, limit: number) {
  const newestOnly = limit <= maxWindowRows;
  for (let reading = 1; ; reading++) {
    const rows = new Map<string, EngineCatalogueRow>();
    let total = 0;
    for (let offset = 0; ; offset += maxWindowRows) {
      const query = { text, sort: 'addedAt', descending: newestOnly } as const;
      const page = await client.call('catalogue:list', {
        query,
        window: { offset, limit: newestOnly ? limit : maxWindowRows },
      });
      total = page.total;
      for (const row of page.rows) rows.set(row.id, row);
      if (newestOnly) return { rows: [...rows.values()], total };
      if (page.rows.length === 0 || offset + page.rows.length >= total) break;
    }
    // Fewer than there are: something was removed in between, and the rest moved over a page's edge.
    if (rows.size >= total || reading === maxReadings)
      return { rows: [...rows.values()].reverse().slice(0, limit), total };
  }
}

function toEntry({ id, contentId, name, size, sha256, owner, sources, addedAt, mine, here }: EngineCatalogueRow) {
  return { id, contentId, name, size, sha256, owner, sources, addedAt, mine, here };
}

function describe({ words, language }: CommandContext, rows: readonly EngineCatalogueRow[], total: number): string {
  if (rows.length === 0) return words.none.entries;
  const table = toTable(
    [
      { title: words.columns.id, cell: ({ id }) => id },
      { title: words.columns.size, cell: ({ size }) => formatBytes(size, language), align: 'right' },
      { title: words.columns.sources, cell: ({ sources }) => String(sources), align: 'right' },
      { title: words.columns.owner, cell: ({ owner }) => `${owner.online ? '●' : '○'} ${owner.name}` },
      { title: words.columns.name, cell: ({ name }) => name },
    ],
    rows,
  );
  return rows.length < total ? `${table}\n${words.shown(rows.length, total)}` : table;
}
