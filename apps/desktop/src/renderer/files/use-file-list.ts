import type { EngineCatalogueRow } from '@enxame/shared/engine/catalogue-row';
import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useLanguage } from '@enxame/ui/i18n/i18n-context';
import { useApp, useStatus } from '../shell/app-context.js';
import type { Catalogue } from './catalogue-store.js';
import type { FileSource } from './file-grid.js';
import { useArraySource } from './file-grid.js';
import { fromCatalogueRow, listFilesHere, type FileRow } from './file-row.js';
import { queryRows } from './sort-rows.js';

/** The rows of a live list, watched while the caller is on the screen. Null before the first answer. */
export function useCatalogueSource(catalogue: Catalogue): FileSource | null {
  const total = useStore(catalogue.state, (state) => state.total);
  const shown = useStore(catalogue.state, (state) => state.shown);
  // The same object for the same row, so that only rows that changed are rendered again.
  const [made] = useState(() => new WeakMap<EngineCatalogueRow, FileRow>());
  useEffect(() => catalogue.open(), [catalogue]);
  return useMemo(() => {
    if (total === null) return null;
    return {
      total,
      rowAt: (index: number) => {
        const row = shown.get(index);
        if (!row) return undefined;
        const line = made.get(row) ?? fromCatalogueRow(row);
        made.set(row, line);
        return line;
      },
      // Asked for the selected row alone: an index of all would be made anew at every page that comes.
      indexOf: (key: string) => {
        for (const [index, row] of shown) if (row.id === key) return index;
        return undefined;
      },
    };
  }, [total, shown, made]);
}

/** What is on this computer, searched and sorted here. Null before shares and transfers were told. */
export function useHereSource(query: CatalogueQuery): FileSource | null {
  const { shares, transfers, people } = useApp();
  const own = useStore(shares);
  const moved = useStore(transfers);
  const { user } = useStatus();
  const known = useStore(people, (state) => state.people);
  const language = useLanguage();
  const all = useMemo(
    () =>
      listFilesHere({ shares: own.shares.values(), transfers: moved.transfers.values(), user, people: known ?? [] }),
    [own.shares, moved.transfers, user, known],
  );
  const rows = useMemo(() => queryRows(all, query, language), [all, query, language]);
  const source = useArraySource(rows);
  return own.loaded && moved.loaded ? source : null;
}
