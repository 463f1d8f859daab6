import type { HistoryRecord } from '@enxame/shared/engine/history';
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { useFormat } from '@enxame/ui/i18n/i18n-context';
import { IconButton } from '@enxame/ui/parts/button';
import { classNames } from '@enxame/ui/class-names';
import { FileName } from '@enxame/ui/parts/file-name';
import text from '@enxame/ui/parts/text.module.css';
import { useMedia } from '@enxame/ui/hooks/use-media';
import styles from './history.module.css';
import { ResultWord } from './result-word.js';

interface Props {
  readonly total: number;
  readonly records: ReadonlyMap<number, HistoryRecord>;
  readonly leaving: ReadonlySet<string>;
  readonly now: number;
  readonly onVisible: (start: number, end: number) => void;
  readonly onOpen: (record: HistoryRecord) => void;
  readonly onRemove: (record: HistoryRecord) => void;
}

/** All records in one list: only those on the screen are in the document. One Tab stop, arrows move. */
export function HistoryTable({ total, records, leaving, now, onVisible, onOpen, onRemove }: Props) {
  const { t } = useTranslation();
  const narrow = useMedia('(max-width: 720px)');
  const rowHeight = narrow ? 64 : 44;
  const scroll = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState(0);
  const active = Math.min(cursor, Math.max(0, total - 1));
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 8,
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
    onVisible(startIndex, endIndex + 1);
  }, [onVisible, startIndex, endIndex]);
  const focusWanted = useRef(false);
  useEffect(() => {
    if (!focusWanted.current) return;
    const row = scroll.current?.querySelector<HTMLElement>(`[data-index="${String(active)}"]`);
    if (!row) return;
    focusWanted.current = false;
    row.focus({ preventScroll: true });
  });
  const handleKey = (event: KeyboardEvent): void => {
    const page = Math.max(1, endIndex - startIndex - 1);
    const moves: Readonly<Record<string, number>> = {
      ArrowUp: active - 1,
      ArrowDown: active + 1,
      PageUp: active - page,
      PageDown: active + page,
      Home: 0,
      End: total - 1,
    };
    const target = moves[event.key];
    const record = records.get(active);
    const onRow = event.target instanceof HTMLElement && event.target.getAttribute('role') === 'row';
    if (target !== undefined) {
      const next = Math.max(0, Math.min(total - 1, target));
      focusWanted.current = true;
      setCursor(next);
      virtualizer.scrollToIndex(next, { align: 'auto' });
    } else if (event.key === 'Enter' && onRow && record) onOpen(record);
    else if (event.key === 'Delete' && record) onRemove(record);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroll}
      className={styles['scroll']}
      role="grid"
      aria-label={t('history.list')}
      aria-rowcount={total}
      onKeyDown={handleKey}
    >
      <div className={styles['rows']} role="rowgroup" style={{ height: total * rowHeight }}>
        {virtualizer.getVirtualItems().map((item) => {
          const record = records.get(item.index);
          return (
            <div
              key={item.index}
              role="row"
              data-index={item.index}
              aria-rowindex={item.index + 1}
              tabIndex={item.index === active ? 0 : -1}
              className={classNames(styles['row'], record && leaving.has(record.id) && styles['leaving'])}
              style={{ height: rowHeight, transform: `translateY(${String(item.start)}px)` }}
              onClick={() => {
                if (!record) return;
                setCursor(item.index);
                onOpen(record);
              }}
            >
              {record ? (
                <Cells record={record} now={now} onRemove={onRemove} />
              ) : (
                <span role="gridcell" aria-busy className={styles['pending']} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Cells({ record, now, onRemove }: Pick<Props, 'now' | 'onRemove'> & { readonly record: HistoryRecord }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sent = record.direction === 'send';
  const name = record.personName === '' ? t('history.otherProgram') : record.personName;
  const Arrow = sent ? ArrowUp : ArrowDown;
  return (
    <>
      <span role="gridcell" className={styles['name']}>
        <Arrow size={14} strokeWidth={1.75} aria-hidden />
        <span className={text['sr']}>{sent ? t('history.sent') : t('history.received')}</span>
        <FileIcon name={record.name} folder={record.files !== null} />
        <FileName name={record.name} />
      </span>
      <span role="gridcell" className={classNames(styles['who'], text['meta'], text['cut'])} dir="auto">
        {sent ? t('history.to', { name }) : t('history.from', { name })}
      </span>
      <span role="gridcell" className={classNames(styles['size'], text['meta'], text['num'])}>
        {format.bytes(record.size)}
      </span>
      <span role="gridcell" className={styles['how']}>
        <ResultWord record={record} />
      </span>
      <span role="gridcell" className={classNames(styles['when'], text['meta'], text['num'])}>
        {format.moment(record.finishedAt, now)}
      </span>
      <span role="gridcell">
        <IconButton
          label={t('history.remove')}
          keys="Del"
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            onRemove(record);
          }}
        >
          <X size={16} strokeWidth={1.75} aria-hidden />
        </IconButton>
      </span>
    </>
  );
}
