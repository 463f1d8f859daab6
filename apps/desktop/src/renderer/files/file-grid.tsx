import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
  type CSSProperties,
  type ReactNode,
  type RefObject,
} from 'react';
import { useTranslation } from 'react-i18next';
import { classNames } from '@enxame/ui/class-names';
import { useMedia } from '@enxame/ui/hooks/use-media';
import { useNow } from '@enxame/ui/hooks/use-now';
import { useStatus } from '../shell/app-context.js';
import type { Sort } from './column-head.js';
import { byOwner, defaultLayout, toTemplates, type ListLayout } from './columns.js';
import styles from './file-grid.module.css';
import { FileCells, FileCellsLoading } from './file-line.js';
import type { FileRow } from './file-row.js';
import { GridHead, GroupBand } from './grid-head.js';
import { noPicks, pickRange, togglePick, type Picks } from './picks.js';
import { useHold } from './use-hold.js';
import { useKeptFocus, useUnclaimedKeys, type ListKey } from './use-list-focus.js';
import { useFileActions, useReceiving } from './use-file-actions.js';

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
  const { t } = useTranslation();
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

  const virtualizer = useVirtualizer({
    count: source.total,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: margin,
    scrollPaddingStart: margin,
    rangeExtractor: useCallback(
      // The active row stays in the document wherever it is, or the list would lose its Tab stop when it scrolls.
      (range: Range) =>
        [...new Set([...defaultRangeExtractor(range), active])].filter((i) => i < range.count).sort((a, b) => a - b),
      [active],
    ),
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, rowHeight]);
  const { startIndex = 0, endIndex = 0 } = virtualizer.range ?? {};
  useEffect(() => {
    onVisible?.(startIndex, endIndex + 1);
  }, [onVisible, startIndex, endIndex]);
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
    virtualizer.scrollToIndex(target, { align: 'auto' });
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
    const page = Math.max(1, endIndex - startIndex - 1);
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

  const items = virtualizer.getVirtualItems();
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
      {grouped && <GroupBand row={source.rowAt(startIndex)} live={live} />}
      <div className={styles['rows']} role="rowgroup" style={{ height: source.total * rowHeight }}>
        {items.map((item) => {
          const row = source.rowAt(item.index);
          const isSameOwner = grouped && item.index > 0 && isOfSameOwner(row, source.rowAt(item.index - 1));
          return (
            <div
              key={row?.key ?? `#${String(item.index)}`}
              role="row"
              data-index={item.index}
              aria-rowindex={item.index + 2}
              aria-selected={row !== undefined && (row.key === selectedKey || picks.has(row.key))}
              tabIndex={item.index === active ? 0 : -1}
              className={classNames(
                styles['columns'],
                styles['row'],
                live && row?.sources === 0 && !row.here && styles['gone'],
                grouped && (isSameOwner ? styles['sameOwner'] : styles['groupStart']),
              )}
              style={{ transform: `translateY(${String(item.start - margin)}px)` }}
              onClick={(event) => {
                if (!row) return;
                const selected = found === undefined ? undefined : source.rowAt(found);
                setCursor(item.index);
                onSelect(row);
                if (event.shiftKey && onPicks) onPicks(pickRange(source, anchor.current, item.index));
                else {
                  anchor.current = item.index;
                  if ((event.ctrlKey || event.metaKey) && onPicks) onPicks(togglePick(picks, row, selected));
                  else {
                    if (picks.size > 0) onPicks?.(noPicks);
                    props.onDetails?.(row, false);
                  }
                }
              }}
              onDoubleClick={() => {
                if (row) props.onActivate(row);
              }}
            >
              {row ? (
                <FileCells
                  row={row}
                  transfer={row.contentId ? receiving.get(row.contentId) : undefined}
                  actions={actions}
                  live={live}
                  now={now}
                  columns={columns}
                />
              ) : (
                <FileCellsLoading index={item.index} columns={columns} />
              )}
            </div>
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
