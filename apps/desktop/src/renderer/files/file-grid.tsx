import {
  useEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type MouseEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { useMedia } from '@enxame/ui/hooks/use-media';
import { useNow } from '@enxame/ui/hooks/use-now';
import { useWords } from '@enxame/ui/i18n/i18n-context';
import { useStatus } from '../shell/app-context.js';
import type { Sort } from './column-head.js';
import { byOwner, defaultLayout, toTemplates, type ListLayout } from './columns.js';
import styles from './file-grid.module.css';
import type { FileRow } from './file-row.js';
import { GridHead, GroupBand } from './grid-head.js';
import { GridRow } from './grid-row.js';
import { noPicks, pickRange, togglePick, type Picks } from './picks.js';
import { useHold } from './use-hold.js';
import { useKeptFocus, useUnclaimedKeys, type ListKey } from './use-list-focus.js';
import { useFileActions, useReceiving } from './use-file-actions.js';
import { useRowWindow } from './use-row-window.js';

/** Rows by index, most of which may not be known yet. */
export interface FileSource {
  readonly total: number;
  readonly rowAt: (index: number) => FileRow | undefined;
  readonly indexOf: (key: string) => number | undefined;
}

interface Props {
  readonly label: string;
  readonly source: FileSource;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly selectedKey: string | null;
  readonly onSelect: (row: FileRow) => void;
  /** Enter, or a double click. */
  readonly onActivate: (row: FileRow) => void;
  /** Space; a click opens, it does not close. */
  readonly onDetails?: (row: FileRow, toggle: boolean) => void;
  /** Rows chosen together, where a list lets them be. */
  readonly picks?: Picks;
  readonly onPicks?: (picks: Picks) => void;
  readonly onVisible?: (start: number, end: number) => void;
  readonly onHold?: (held: boolean) => void;
  readonly pendingNew?: number;
  readonly onShowNew?: () => void;
  /** Which columns it shows; the usual ones when nothing is said. */
  readonly layout?: ListLayout;
  /** What chooses them. */
  readonly columnsMenu?: ReactNode;
  /** What `Down` in the search goes to. */
  readonly focusRef?: RefObject<(() => void) | null>;
}

const headHeight = 32;
const bandHeight = 36;

/** The live list: rows of one height, only those on the screen in the document, one Tab stop. */
export function FileGrid(props: Props) {
  const { t } = useWords();
  const { source, sort, selectedKey, onSelect, onVisible, onPicks, picks = noPicks } = props;
  const { columns, grouped: wantsGroups } = props.layout ?? defaultLayout;
  const narrow = useMedia('(max-width: 720px)');
  // In two lines each row says its owner, and there is no head to choose from.
  const grouped = wantsGroups && !narrow && sort.sort === byOwner.sort;
  const templates = useMemo(() => toTemplates(columns), [columns]);
  const rowHeight = narrow ? 56 : 40;
  const margin = (narrow ? 0 : headHeight) + (grouped ? bandHeight : 0);
  const scroll = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState(0);
  const focusWanted = useRef(false);
  /** Where a range begins: the last row that was gone to without Shift. */
  const anchor = useRef(0);
  const receiving = useReceiving();
  const actions = useFileActions();
  const now = useNow(30_000);
  const live = useStatus().tracker?.connected === true;
  const found = selectedKey === null ? undefined : source.indexOf(selectedKey);
  const active = Math.min(found ?? cursor, Math.max(0, source.total - 1));

  const view = useRowWindow(scroll, { count: source.total, rowHeight, margin, exact: grouped });
  const { first, end, top, pageRows, places } = view;
  useEffect(() => {
    onVisible?.(top, Math.min(source.total, top + pageRows));
  }, [onVisible, top, pageRows, source.total]);
  const hold = useHold(scroll, props.onHold);

  // Selected and focused when the row is there: a jump to the end lands before its rows have arrived.
  useEffect(() => {
    if (!focusWanted.current) return;
    const row = source.rowAt(cursor);
    const element = scroll.current?.querySelector<HTMLElement>(`[data-index="${String(cursor)}"]`);
    element?.focus({ preventScroll: true });
    if (!row || !element) return;
    focusWanted.current = false;
    onSelect(row);
  });
  const moveTo = (index: number): void => {
    const target = Math.max(0, Math.min(source.total - 1, index));
    focusWanted.current = true;
    view.scrollTo(target);
    setCursor(target);
    const row = source.rowAt(target);
    if (row) onSelect(row);
  };
  const { focusRef } = props;
  useEffect(() => {
    if (!focusRef) return undefined;
    focusRef.current = () => {
      moveTo(active);
    };
    return () => {
      focusRef.current = null;
    };
  });

  const handleKey = (event: ListKey): void => {
    const page = Math.max(1, pageRows - 1);
    // The selected row may have left the window: what stands in its place now was not chosen.
    const row = selectedKey !== null && found === undefined ? undefined : source.rowAt(active);
    const moves: Readonly<Record<string, number>> = {
      ArrowUp: active - 1,
      ArrowDown: active + 1,
      PageUp: active - page,
      PageDown: active + page,
      Home: 0,
      End: source.total - 1,
    };
    const target = moves[event.key];
    if (event.target instanceof HTMLElement && event.target.closest('[role="columnheader"]')) return;
    if (target !== undefined) {
      if (event.shiftKey && onPicks) onPicks(pickRange(source, anchor.current, target));
      else {
        anchor.current = target;
        if (picks.size > 0) onPicks?.(noPicks);
      }
      moveTo(target);
    } else if (event.key === 'Escape' && picks.size > 0) onPicks?.(noPicks);
    else if (event.key.toLowerCase() === 'a' && (event.ctrlKey || event.metaKey) && onPicks)
      onPicks(pickRange(source, 0, source.total - 1));
    else if (event.key === 'Enter' && row) props.onActivate(row);
    else if (event.key === ' ' && row && props.onDetails) props.onDetails(row, true);
    else if (event.key.toLowerCase() === 'i' && (event.ctrlKey || event.metaKey) && row?.sha256) {
      void navigator.clipboard.writeText(row.sha256);
    } else return;
    event.preventDefault();
  };
  const kept = useKeptFocus(scroll, active);
  useUnclaimedKeys((event) => {
    // With nothing selected the first arrow enters the list, as Tab does; other keys would act on a row nobody sees.
    if (selectedKey !== null) handleKey(event);
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      moveTo(active);
      event.preventDefault();
    }
  });

  /** The row that a click is in, unless a part of it has taken the click. */
  const rowOf = (event: MouseEvent): readonly [index: number, row: FileRow | undefined] | null => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null;
    const index = Number(element?.dataset['index']);
    return element ? [index, source.rowAt(index)] : null;
  };
  const handleClick = (event: MouseEvent): void => {
    const [index, row] = rowOf(event) ?? [];
    if (index === undefined || !row) return;
    const selected = found === undefined ? undefined : source.rowAt(found);
    setCursor(index);
    onSelect(row);
    if (event.shiftKey && onPicks) {
      onPicks(pickRange(source, anchor.current, index));
      return;
    }
    anchor.current = index;
    if ((event.ctrlKey || event.metaKey) && onPicks) onPicks(togglePick(picks, row, selected));
    else {
      if (picks.size > 0) onPicks?.(noPicks);
      props.onDetails?.(row, false);
    }
  };

  // The active row stays in the document wherever it is, or the list would lose its Tab stop when it scrolls.
  const indexes = Array.from({ length: Math.max(0, end - first) }, (_, at) => first + at);
  if (view.isMoving) indexes.sort((a, b) => (a % places) - (b % places));
  if (source.total > 0 && (active < first || active >= end)) indexes.push(active);
  const pendingNew = props.pendingNew ?? 0;
  return (
    <div
      ref={scroll}
      className={styles['scroll']}
      role="grid"
      aria-label={props.label}
      aria-rowcount={source.total + 1}
      aria-colcount={columns.length + 2}
      style={{ '--cols': templates.narrow, '--cols-wide': templates.wide } as CSSProperties}
      aria-multiselectable={onPicks !== undefined || undefined}
      onKeyDown={handleKey}
      {...kept}
      {...hold}
    >
      {pendingNew > 0 && (
        <div className={styles['pill']} role="row">
          <div role="gridcell">
            <button
              type="button"
              onClick={() => {
                scroll.current?.scrollTo({ top: 0 });
                props.onShowNew?.();
              }}
            >
              {t('files.newRows', { count: pendingNew })} · {t('files.showNew')}
            </button>
          </div>
        </div>
      )}
      <GridHead columns={columns} sort={sort} onSort={props.onSort} menu={props.columnsMenu} />
      {grouped && <GroupBand row={source.rowAt(top)} live={live} />}
      <div
        className={styles['rows']}
        role="rowgroup"
        style={{ height: source.total * rowHeight }}
        onClick={handleClick}
        onDoubleClick={(event) => {
          const [, row] = rowOf(event) ?? [];
          if (row) props.onActivate(row);
        }}
      >
        {indexes.map((index) => {
          const row = source.rowAt(index);
          const isSameOwner = isOfSameOwner(row, source.rowAt(index - 1));
          return (
            <GridRow
              key={index >= first && index < end ? index % places : 'away'}
              index={index}
              top={index * rowHeight}
              row={row}
              isSelected={row !== undefined && (row.key === selectedKey || picks.has(row.key))}
              isActive={index === active}
              group={grouped && index > 0 ? (isSameOwner ? 'within' : 'start') : null}
              transfer={row?.contentId ? receiving.get(row.contentId) : undefined}
              actions={actions}
              live={live}
              now={now}
              columns={columns}
            />
          );
        })}
      </div>
    </div>
  );
}

function isOfSameOwner(row: FileRow | undefined, before: FileRow | undefined): boolean {
  return row !== undefined && before !== undefined && row.owner.name === before.owner.name;
}

/** A source over rows that are all at hand. */
export function useArraySource(rows: readonly FileRow[]): FileSource {
  return useMemo(() => {
    const indexes = new Map(rows.map((row, index) => [row.key, index]));
    return { total: rows.length, rowAt: (index) => rows[index], indexOf: (key) => indexes.get(key) };
  }, [rows]);
}
