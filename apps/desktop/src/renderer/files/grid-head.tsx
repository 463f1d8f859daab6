import { memo, type ReactNode } from 'react';
import { Avatar } from '@enxame/ui/parts/avatar';
import { classNames } from '@enxame/ui/class-names';
import text from '@enxame/ui/parts/text.module.css';
import { ColumnHead, type Sort } from './column-head.js';
import type { ColumnName } from './columns.js';
import styles from './file-grid.module.css';
import type { FileRow } from './file-row.js';
import { useWords } from '@enxame/ui/i18n/i18n-context';

interface Props {
  readonly columns: readonly ColumnName[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** What chooses the columns, where they can be chosen. */
  readonly menu: ReactNode;
}

/** The names of the columns. Those that a catalogue can be sorted by are buttons. */
export const GridHead = memo(function GridHead({ columns, sort, onSort, menu }: Props) {
  const { t } = useWords();
  const head = { sort, onSort };
  return (
    <div className={classNames(styles['columns'], styles['head'])} role="row" aria-rowindex={1}>
      <ColumnHead column="name" text={t('files.colName')} place="nameCell" {...head} />
      {columns.map((column) => {
        switch (column) {
          case 'owner':
            return <ColumnHead key={column} column={column} text={t('files.colOwner')} place="ownerCell" {...head} />;
          case 'size':
            return <ColumnHead key={column} column={column} text={t('files.colSize')} place="right" {...head} />;
          case 'sources':
            return <ColumnHead key={column} column={column} text={t('files.colSources')} place="cell" {...head} />;
          case 'addedAt':
            return <ColumnHead key={column} column={column} text={t('files.colAdded')} place="addedCell" {...head} />;
          case 'type':
            return (
              <div key={column} role="columnheader" className={styles['typeCell']}>
                {t('files.colType')}
              </div>
            );
          case 'sha256':
            return (
              <div key={column} role="columnheader" className={styles['shaCell']}>
                {t('details.sha256')}
              </div>
            );
        }
      })}
      <div role="columnheader" className={styles['columnsHead']}>
        <span className={text['sr']}>{t('files.colAction')}</span>
        {menu}
      </div>
    </div>
  );
});

/** Whose files stand at the top of a list in groups: it stays while they are scrolled through. */
export function GroupBand({ row, live }: { row: FileRow | undefined; live: boolean }) {
  const { t } = useWords();
  if (!row) return <div className={styles['band']} aria-hidden />;
  const { owner, mine } = row;
  return (
    <div className={styles['band']} aria-hidden>
      <Avatar name={owner.name} online={live ? owner.online : null} size="small" />
      <span className={text['cut']} dir="auto">
        {mine ? t('presence.you') : owner.name}
      </span>
    </div>
  );
}
