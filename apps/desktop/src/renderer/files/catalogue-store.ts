import { toErrorInfo, type ErrorInfo } from '@enxame/shared/errors/enxame-error';
import {
  catalogueQuerySchema,
  maxWindowRows,
  type CatalogueQuery,
  type Window,
} from '@enxame/shared/tracker/catalogue-query';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineLink } from '../engine/engine-link.js';
import type { StatusState } from '../engine/status-store.js';
import { onTrackerBack } from '../engine/tracker-back.js';
import { applyDiff, applyPage, chooseWindow, emptyWindow, release, type CatalogueWindow } from './catalogue-window.js';

export interface CatalogueState extends CatalogueWindow {
  readonly query: CatalogueQuery;
  /** Which query the rows on the screen answer; they stay until the next one is answered. */
  readonly answered: CatalogueQuery | null;
  readonly error: ErrorInfo | null;
}

/** The live list of one query, as a screen shows it. */
export interface Catalogue {
  readonly state: StoreApi<CatalogueState>;
  readonly setQuery: (change: Partial<CatalogueQuery>) => void;
  /** The rows that are on the screen now; moves the watched window with them. */
  readonly setVisible: (start: number, end: number) => void;
  /** While held, no row changes its place. */
  readonly hold: (held: boolean) => void;
  readonly showNew: () => void;
  readonly tryAgain: () => void;
  /** Starts watching; returns what ends it. What was seen stays. */
  readonly open: () => () => void;
}

/**
 * Owns one `watchId` of the engine. One watch is under way at a time; what is asked meanwhile follows it, so that fast
 * scrolling asks for where it ends, not for every place on the way.
 */
export function createCatalogue(deps: {
  readonly link: EngineLink;
  readonly status: StoreApi<StatusState>;
  readonly watchId: number;
}): Catalogue {
  const { link, watchId } = deps;
  const state = createStore<CatalogueState>(() => ({
    ...emptyWindow,
    query: catalogueQuerySchema.parse({}),
    answered: null,
    error: null,
  }));
  let visible = { start: 0, end: 0 };
  let users = 0;
  let held = false;
  let asking = false;
  let askAgain = false;

  async function watch(): Promise<void> {
    if (users === 0 || link.state.getState().phase !== 'open') return;
    if (asking) {
      askAgain = true;
      return;
    }
    asking = true;
    do {
      askAgain = false;
      const { query, answered } = state.getState();
      const fresh = query !== answered;
      const window: Window = fresh
        ? { offset: 0, limit: maxWindowRows }
        : (chooseWindow(state.getState(), visible) ?? state.getState().window ?? { offset: 0, limit: maxWindowRows });
      try {
        const page = await link.call('catalogue:watch', { watchId, query, window });
        state.setState((present) => ({ ...applyPage(present, window, page, fresh), answered: query, error: null }));
        if (state.getState().query !== query || chooseWindow(state.getState(), visible)) askAgain = true;
      } catch (error) {
        state.setState({ error: toErrorInfo(error) });
      }
    } while (askAgain && users > 0);
    asking = false;
  }

  link.on('catalogue:changed', ({ watchId: changed, diff }) => {
    if (changed === watchId) state.setState((present) => applyDiff(present, diff, held));
  });
  link.onOpen(() => void watch());
  onTrackerBack(deps.status, (isOther) => {
    if (isOther) state.setState({ ...emptyWindow, answered: null });
    void watch();
  });

  return {
    state,
    setQuery: (change) => {
      visible = { start: 0, end: 0 };
      state.setState(({ query }) => ({ query: { ...query, ...change } }));
      void watch();
    },
    setVisible: (start, end) => {
      visible = { start, end };
      if (chooseWindow(state.getState(), visible)) void watch();
    },
    hold: (next) => {
      held = next;
      const { pendingNew, total, liveTotal } = state.getState();
      if (!held && (pendingNew > 0 || total !== liveTotal)) state.setState(release);
    },
    showNew: () => {
      state.setState(release);
    },
    tryAgain: () => void watch(),
    open: () => {
      users++;
      void watch();
      return () => {
        if (--users > 0 || link.state.getState().phase !== 'open') return;
        link.call('catalogue:unwatch', { watchId }).catch(() => undefined); // the watch ends with the carrier as well
      };
    },
  };
}
