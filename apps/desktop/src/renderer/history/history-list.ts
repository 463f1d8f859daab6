import type { HistoryRecord } from '@enxame/shared/engine/history';
import { toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from '../engine/engine-link.js';

export interface HistoryQueryShown {
  readonly text: string;
  readonly direction: HistoryRecord['direction'] | undefined;
}

export interface HistoryState {
  readonly query: HistoryQueryShown;
  /** Which query the records answer; they stay until the next one is answered. */
  readonly answered: HistoryQueryShown | null;
  /** Null until the first answer. */
  readonly total: number | null;
  /** By place, the newest at 0; only what was near the window lately. */
  readonly records: ReadonlyMap<number, HistoryRecord>;
  readonly error: ErrorInfo | null;
}

/** The records of one query, as a screen shows them: pages are asked as they come near, and forgotten far away. */
export interface HistoryList {
  readonly state: StoreApi<HistoryState>;
  readonly setQuery: (change: Partial<HistoryQueryShown>) => void;
  readonly setVisible: (start: number, end: number) => void;
  readonly reload: () => void;
  /** Starts looking; returns what ends it. */
  readonly open: () => () => void;
}

const pageRecords = 100;
const keptPages = 12;

/** One page is asked at a time: fast scrolling asks for where it ends, not for every place on the way. */
export function createHistoryList({ link }: { readonly link: EngineLink }): HistoryList {
  const state = createStore<HistoryState>(() => ({
    query: { text: '', direction: undefined },
    answered: null,
    total: null,
    records: new Map(),
    error: null,
  }));
  let visible = { start: 0, end: pageRecords };
  /** Pages whose records are true now. */
  let known: number[] = [];
  let users = 0;
  let asking = false;

  const wanted = (): number | undefined => {
    const { total, query, answered } = state.getState();
    if (query !== answered) return 0;
    const last = Math.floor(Math.max(0, Math.min(visible.end, total ?? 0) - 1) / pageRecords);
    for (let page = Math.floor(visible.start / pageRecords); page <= last; page++)
      if (!known.includes(page)) return page;
    return undefined;
  };

  async function ask(): Promise<void> {
    if (asking || users === 0 || link.state.getState().phase !== 'open') return;
    asking = true;
    for (let page = wanted(); page !== undefined; page = wanted()) {
      const { query } = state.getState();
      const { text, direction } = query;
      const offset = page * pageRecords;
      known = [...known.filter((one) => one !== page), page];
      try {
        const answer = await link.call('history:list', {
          text,
          offset,
          limit: pageRecords,
          ...(direction !== undefined && { direction }),
        });
        if (state.getState().query === query) take(query, page, answer);
      } catch (error) {
        known = known.filter((one) => one !== page);
        state.setState({ error: toErrorInfo(error) });
        break;
      }
    }
    asking = false;
  }

  function take(query: HistoryQueryShown, page: number, answer: { total: number; records: HistoryRecord[] }): void {
    state.setState((present) => {
      const fresh = present.answered !== query;
      if (fresh) known = [page];
      known = known.slice(-keptPages);
      const records = new Map(
        fresh ? [] : [...present.records].filter(([place]) => known.includes(Math.floor(place / pageRecords))),
      );
      // What was there and is no more must not stay: the page is set as a whole.
      for (let place = page * pageRecords; place < (page + 1) * pageRecords; place++) records.delete(place);
      for (const [index, record] of answer.records.entries()) records.set(page * pageRecords + index, record);
      return { answered: query, total: answer.total, records, error: null };
    });
  }

  const reload = (): void => {
    known = [];
    void ask();
  };
  link.on('history:changed', reload);
  link.onOpen(reload);
  return {
    state,
    setQuery: (change) => {
      visible = { start: 0, end: pageRecords };
      state.setState(({ query }) => ({ query: { ...query, ...change } }));
      void ask();
    },
    setVisible: (start, end) => {
      visible = { start, end };
      void ask();
    },
    reload,
    open: () => {
      users++;
      reload();
      return () => {
        users--;
      };
    },
  };
}
