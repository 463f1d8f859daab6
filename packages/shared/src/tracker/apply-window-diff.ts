import type { CataloguePage, WindowDiff } from './catalogue-query.js';

/** The page after a diff: what the sender had in mind, as long as every diff since the page was applied in turn. */
export function applyWindowDiff(page: CataloguePage, diff: WindowDiff): CataloguePage {
  const rows = new Map(page.rows.map((row) => [row.id, row]));
  for (const row of diff.upserted) rows.set(row.id, row);
  const order = diff.order ?? page.rows.map((row) => row.id);
  return { total: diff.total, rows: order.flatMap((id) => rows.get(id) ?? []) };
}
