import type { Transfer } from '@enxame/shared/engine/transfer';
import { CircleSlash, Monitor } from 'lucide-react';
import { memo } from 'react';
import { useFormat, useWords } from '@enxame/ui/i18n/i18n-context';
import { Avatar, usePresenceWord } from '@enxame/ui/parts/avatar';
import { classNames } from '@enxame/ui/class-names';
import { Skeleton } from '@enxame/ui/parts/empty';
import { FileName } from '@enxame/ui/parts/file-name';
import text from '@enxame/ui/parts/text.module.css';
import { FileIcon } from '@enxame/ui/parts/file-icon';
import { kindOf } from '@enxame/ui/files/file-kind';
import styles from './file-grid.module.css';
import { defaultLayout, type ColumnName } from './columns.js';
import type { FileRow } from './file-row.js';
import { RowAction } from './row-action.js';
import type { FileActions } from './use-file-actions.js';

interface Props {
  readonly row: FileRow;
  readonly transfer: Transfer | undefined;
  readonly actions: FileActions;
  /** False while there is no contact with the tracker: then presence and sources are only the last known. */
  readonly live: boolean;
  readonly now: number;
  readonly columns: readonly ColumnName[];
}

/** The cells of a row. Re-rendered only when something of its own changed, however long the list is. */
export const FileCells = memo(function FileCells({ row, transfer, actions, live, now, columns }: Props) {
  const { t } = useWords();
  return (
    <>
      <div className={classNames(styles['cell'], styles['nameCell'])} role="gridcell">
        <span className={styles['kind']}>
          <FileIcon name={row.name} folder={row.files !== null} />
        </span>
        <FileName name={row.name} />
        {row.files !== null && (
          <span className={classNames(styles['count'], text['meta'], text['num'])}>
            {t('transfers.folderCount', { count: row.files })}
          </span>
        )}
      </div>
      {columns.map((column) => (
        <Cell key={column} column={column} row={row} live={live} now={now} />
      ))}
      <div className={styles['actionCell']} role="gridcell">
        <RowAction row={row} transfer={transfer} actions={actions} />
      </div>
    </>
  );
});

interface CellProps {
  readonly column: ColumnName;
  readonly row: FileRow;
  readonly live: boolean;
  readonly now: number;
}

function Cell({ column, row, live, now }: CellProps) {
  const { t } = useWords();
  const format = useFormat();
  const presence = usePresenceWord();
  const { owner, sha256 } = row;
  const online = live ? owner.online : null;
  const shownName = row.mine ? t('presence.you') : owner.name;
  switch (column) {
    case 'owner':
      return (
        <div
          className={classNames(styles['cell'], styles['ownerCell'])}
          role="gridcell"
          aria-label={`${shownName}, ${presence(online)}`}
        >
          <Avatar name={owner.name} online={online} size="small" silent />
          <span className={text['cut']} dir="auto" title={owner.name}>
            {shownName}
          </span>
        </div>
      );
    case 'size':
      return (
        <div className={classNames(styles['right'], text['num'], styles['sizeCell'])} role="gridcell">
          {format.bytes(row.size)}
        </div>
      );
    case 'type':
      return (
        <div className={classNames(text['meta'], text['cut'], styles['typeCell'])} role="gridcell">
          {row.files === null ? t(`kinds.${kindOf(row.name)}`) : t('files.folder')}
        </div>
      );
    case 'sources':
      return (
        <div className={classNames(styles['cell'], styles['avail'])} role="gridcell">
          <Availability row={row} live={live} />
        </div>
      );
    case 'addedAt':
      return (
        <div className={classNames(text['num'], text['meta'], text['cut'], styles['addedCell'])} role="gridcell">
          {format.age(row.addedAt, now)}
        </div>
      );
    case 'sha256':
      return (
        <div
          className={classNames(text['mono'], text['meta'], text['cut'], styles['shaCell'])}
          role="gridcell"
          title={sha256 ?? undefined}
        >
          {sha256?.slice(0, 8)}
        </div>
      );
  }
}

function Availability({ row, live }: { row: FileRow; live: boolean }) {
  const { t } = useWords();
  if (row.sources === null) {
    return (
      <>
        <Monitor size={14} strokeWidth={1.75} aria-hidden />
        <span className={text['cut']}>{t('files.thisComputer')}</span>
      </>
    );
  }
  if (!live) return <span className={classNames(text['faint'], text['cut'])}>{t('files.lastKnown')}</span>;
  if (row.sources > 0)
    return <span className={classNames(text['num'], text['cut'])}>{t('files.sources', { count: row.sources })}</span>;
  return (
    <>
      <CircleSlash size={14} strokeWidth={1.75} className={text['faint']} aria-hidden />
      <span className={classNames(text['faint'], text['cut'])}>{t('files.noneOnline')}</span>
    </>
  );
}

/** A row that is on its way. The same for all of them: scrolled past, it costs nothing to show another. */
export const FileCellsLoading = memo(function FileCellsLoading({
  columns = defaultLayout.columns,
}: {
  readonly columns?: readonly ColumnName[];
}) {
  return (
    <>
      <div className={classNames(styles['cell'], styles['nameCell'])} role="gridcell">
        <Skeleton width={16} round />
        <Skeleton width={150} />
      </div>
      {columns.map((column) => (
        <LoadingCell key={column} column={column} />
      ))}
      <div className={styles['actionCell']} role="gridcell" />
    </>
  );
});

function LoadingCell({ column }: { column: ColumnName }) {
  switch (column) {
    case 'owner':
      return (
        <div className={classNames(styles['cell'], styles['ownerCell'])} role="gridcell">
          <Skeleton width={22} round />
          <Skeleton width={44} />
        </div>
      );
    case 'size':
      return (
        <div className={styles['right']} role="gridcell">
          <Skeleton width={48} />
        </div>
      );
    case 'sources':
      return (
        <div className={classNames(styles['cell'], styles['avail'])} role="gridcell">
          <Skeleton width={66} />
        </div>
      );
    case 'type':
    case 'addedAt':
    case 'sha256':
      return <div className={styles['addedCell']} role="gridcell" />;
  }
}
