import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** What a list of files may show beside the name, in its order. */
export const columnNames = ['owner', 'size', 'type', 'sources', 'addedAt', 'sha256'] as const;
export type ColumnName = (typeof columnNames)[number];

/** Which columns a list shows, and whether it is put into groups by owner. */
export interface ListLayout {
  readonly columns: readonly ColumnName[];
  readonly grouped: boolean;
}

export const defaultLayout: ListLayout = { columns: ['owner', 'size', 'sources', 'addedAt'], grouped: false };

/** The order in which the files of a person stand together. */
export const byOwner = { sort: 'owner', descending: false } as const;

/** In pixels, in a list that is less than 800 wide and in a wider one. */
const widths: Readonly<Record<ColumnName, readonly [narrow: number, wide: number]>> = {
  owner: [98, 160],
  size: [60, 80],
  type: [72, 96],
  sources: [118, 150],
  addedAt: [64, 96],
  sha256: [76, 92],
};
const actionWidth = 36;

/** The templates of the list's grid. */
export function toTemplates(columns: readonly ColumnName[]): { readonly narrow: string; readonly wide: string } {
  const template = (at: 0 | 1): string =>
    ['minmax(0, 1fr)', ...columns.map((name) => `${String(widths[name][at])}px`), `${String(actionWidth)}px`].join(' ');
  return { narrow: template(0), wide: template(1) };
}

const storageKey = 'enxame.columns';
const storedSchema = z.object({ columns: z.array(z.enum(columnNames)), grouped: z.boolean() });

/** Kept in this browser, or this window's profile: how a list looks is no matter of the engine's. */
export function createListLayout(shelf: Pick<Storage, 'getItem' | 'setItem'>): StoreApi<ListLayout> {
  const store = createStore<ListLayout>(() => readLayout(shelf.getItem(storageKey)));
  store.subscribe((layout) => {
    shelf.setItem(storageKey, JSON.stringify(layout));
  });
  return store;
}

/** What an older or a newer version wrote is as good as nothing. */
function readLayout(text: string | null): ListLayout {
  if (text === null) return defaultLayout;
  try {
    const stored = storedSchema.safeParse(JSON.parse(text)).data;
    return stored ? { ...stored, columns: inOrder(stored.columns) } : defaultLayout;
  } catch {
    return defaultLayout; // not JSON: somebody else's
  }
}

export function toggleColumn({ columns, grouped }: ListLayout, name: ColumnName): ListLayout {
  const next = columns.includes(name) ? columns.filter((each) => each !== name) : [...columns, name];
  return { columns: inOrder(next), grouped };
}

const inOrder = (columns: readonly ColumnName[]): ColumnName[] => columnNames.filter((name) => columns.includes(name));
