import type { EnxameError } from '@enxame/shared/errors/enxame-error';
import type { ContentType } from '@enxame/shared/content/content-type';
import type { UserId } from '@enxame/shared/ids';
import { apiRoutes } from '@enxame/shared/tracker/api';
import type { CatalogueRow } from '@enxame/shared/tracker/entry';
import { useCallback, useEffect, useState } from 'react';
import { toApiError, type ApiQuery, type TrackerApi } from '../api/tracker-api.js';

/** Whoever looks at the list sees what is new within this. */
const lookAgainMs = 30_000;

export const sizeRanges = {
  any: {},
  small: { max: 10e6 },
  medium: { min: 10e6, max: 1e9 },
  large: { min: 1e9 },
} as const;
export const sorts = ['relevance', 'added', 'name', 'size', 'sources'] as const;

export interface FilesView {
  readonly text: string;
  readonly owner: UserId | 'any';
  readonly type: ContentType | 'any';
  readonly size: keyof typeof sizeRanges;
  readonly isAvailable: boolean;
  readonly sort: (typeof sorts)[number];
}

export const allFiles: FilesView = {
  text: '',
  owner: 'any',
  type: 'any',
  size: 'any',
  isAvailable: false,
  sort: 'relevance',
};

export function countFilters({ owner, type, size, isAvailable }: FilesView): number {
  return [owner !== 'any', type !== 'any', size !== 'any', isAvailable].filter(Boolean).length;
}

export function toFilesQuery({ text, owner, type, size, isAvailable, sort }: FilesView): ApiQuery {
  return {
    q: text === '' ? undefined : text,
    owner: owner === 'any' ? undefined : owner,
    type: type === 'any' ? undefined : type,
    ...sizeRanges[size],
    available: isAvailable ? 'true' : undefined,
    // Without words nothing is more relevant than another: the newest first.
    sort: sort === 'relevance' && text === '' ? 'added' : sort,
    descending: sort === 'name' ? 'false' : 'true',
  };
}

interface Files {
  readonly files: readonly CatalogueRow[] | null;
  readonly total: number;
  readonly cursor: string | null;
  readonly error: EnxameError | null;
  readonly isAsking: boolean;
}

export interface FileList extends Files {
  readonly more: () => void;
  readonly reload: () => void;
}

/** The catalogue in one view, a page at a time. The pages that are shown stay while another is asked for. */
export function useFiles(api: TrackerApi, view: FilesView): FileList {
  const [state, setState] = useState<Files>({ files: null, total: 0, cursor: null, error: null, isAsking: true });
  const [wanted, setWanted] = useState<{
    readonly view: FilesView;
    readonly cursor: string | null;
    readonly round: number;
  }>({ view, cursor: null, round: 0 });
  if (wanted.view !== view) setWanted({ view, cursor: null, round: 0 });
  useEffect(() => {
    const gone = new AbortController();
    const { cursor } = wanted;
    const query = { ...toFilesQuery(wanted.view), cursor: cursor ?? undefined };
    api.ask({ path: '/files', query, reply: apiRoutes.files.reply, signal: gone.signal }).then(
      ({ files, ...page }) => {
        if (gone.signal.aborted) return;
        setState((before) => ({
          ...page,
          files: cursor === null ? files : [...(before.files ?? []), ...files],
          error: null,
          isAsking: false,
        }));
      },
      (error: unknown) => {
        if (!gone.signal.aborted) setState((before) => ({ ...before, error: toApiError(error), isAsking: false }));
      },
    );
    return () => {
      gone.abort();
    };
  }, [api, wanted]);
  const ask = useCallback((cursor: string | null) => {
    setState((before) => ({ ...before, isAsking: true }));
    setWanted((before) => ({ ...before, cursor, round: before.round + 1 }));
  }, []);
  const isFirstPage = wanted.cursor === null;
  useEffect(() => {
    if (!isFirstPage) return undefined; // more would be lost than found
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') ask(null);
    }, lookAgainMs);
    return () => {
      clearInterval(timer);
    };
  }, [isFirstPage, ask]);
  const reload = useCallback(() => {
    ask(null);
  }, [ask]);
  return {
    ...state,
    more: () => {
      if (state.cursor !== null) ask(state.cursor);
    },
    reload,
  };
}
