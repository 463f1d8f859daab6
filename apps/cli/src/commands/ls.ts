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

interface Reading {
  readonly rows: EngineCatalogueRow[];
  readonly total: number;
}

/** The matching rows, newest first. */
async function readCatalogue(client: EngineClient, text: string, limit: number): Promise<Reading> {
  if (limit <= maxWindowRows) {
    const query = { text, sort: 'addedAt', descending: true } as const;
    return client.call('catalogue:list', { query, window: { offset: 0, limit } });
  }
  let reading = await readAll(client, text);
  for (let readings = 1; !reading.steady && readings < maxReadings; readings++) reading = await readAll(client, text);
  return { rows: reading.rows.reverse().slice(0, limit), total: reading.total };
}

/**
 * Every page, from the oldest row on: what is added meanwhile comes after, and moves nothing. Each page begins with the
 * last row of the one before; where it does not, something was removed and the rest moved over the page's edge.
 */
async function readAll(client: EngineClient, text: string): Promise<Reading & { readonly steady: boolean }> {
  const query = { text, sort: 'addedAt', descending: false } as const;
  const rows: EngineCatalogueRow[] = [];
  for (;;) {
    const offset = Math.max(rows.length - 1, 0);
    const page = await client.call('catalogue:list', { query, window: { offset, limit: maxWindowRows } });
    const last = rows.at(-1);
    const steady = last === undefined || page.rows[0]?.id === last.id;
    rows.push(...page.rows.slice(last === undefined ? 0 : 1));
    if (!steady || rows.length >= page.total || page.rows.length < maxWindowRows)
      return { rows, total: page.total, steady };
  }
}

function toEntry({ collection, ...row }: EngineCatalogueRow) {
  const { id, contentId, name, size, sha256, owner, sources, addedAt, mine, here } = row;
  const files = collection?.files ?? null;
  return { id, contentId, name, size, files, sha256, owner, sources, addedAt, mine, here };
}

function describe({ words, language }: CommandContext, rows: readonly EngineCatalogueRow[], total: number): string {
  if (rows.length === 0) return words.none.entries;
  const table = toTable(
    [
      { title: words.columns.id, cell: ({ id }) => id },
      { title: words.columns.size, cell: ({ size }) => formatBytes(size, language), align: 'right' },
      { title: words.columns.sources, cell: ({ sources }) => String(sources), align: 'right' },
      { title: words.columns.owner, cell: ({ owner }) => `${owner.online ? '●' : '○'} ${owner.name}` },
      {
        title: words.columns.name,
        // As `ls -F` marks a folder.
        cell: ({ name, collection }) => (collection ? `${name}/ (${words.folders.files(collection.files)})` : name),
      },
    ],
    rows,
  );
  return rows.length < total ? `${table}\n${words.shown(rows.length, total)}` : table;
}
