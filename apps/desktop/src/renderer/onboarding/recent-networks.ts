import { z } from 'zod';

const storageKey = 'enxame.networks';
/** As many as one finds at a glance. */
const maxRecent = 4;

const recentSchema = z
  .array(z.object({ url: z.string(), name: z.string() }))
  .max(maxRecent)
  .catch([]);
export type RecentNetwork = z.infer<typeof recentSchema>[number];

type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

/** The networks that were used on this page, the last one first: a way back, nothing that anything relies on. */
export function listRecentNetworks(shelf: Shelf): RecentNetwork[] {
  return recentSchema.parse(parseJson(shelf.getItem(storageKey)));
}

export function rememberNetwork(shelf: Shelf, { url, name }: RecentNetwork): void {
  const others = listRecentNetworks(shelf).filter((known) => known.url !== url);
  shelf.setItem(storageKey, JSON.stringify([{ url, name }, ...others].slice(0, maxRecent)));
}

/** Undefined for what is not JSON, which the schema turns into none. */
function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
