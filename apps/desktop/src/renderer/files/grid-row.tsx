import type { Transfer } from '@enxame/shared/engine/transfer';
import { memo } from 'react';
import { classNames } from '@enxame/ui/class-names';
import type { ColumnName } from './columns.js';
import styles from './file-grid.module.css';
import { FileCells, FileCellsLoading } from './file-line.js';
import type { FileRow } from './file-row.js';
import type { FileActions } from './use-file-actions.js';

interface Props {
  readonly index: number;
  /** Where it begins, in pixels from the top of the rows. */
  readonly top: number;
  /** Undefined: it is on its way. */
  readonly row: FileRow | undefined;
  readonly isSelected: boolean;
  /** The Tab stop of the list. */
  readonly isActive: boolean;
  /** In a list in groups: whether its owner's name stands above. */
  readonly group: 'start' | 'within' | null;
  readonly transfer: Transfer | undefined;
  readonly actions: FileActions;
  readonly live: boolean;
  readonly now: number;
  readonly columns: readonly ColumnName[];
}

/** A row of the live list. What the pointer does with it is heard by the list: a row is nothing but what it shows. */
export const GridRow = memo(function GridRow(props: Props) {
  const { index, top, row, isSelected, isActive, group, live, columns } = props;
  return (
    <div
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={isActive ? 0 : -1}
      className={classNames(
        styles['columns'],
        styles['row'],
        live && row?.sources === 0 && !row.here && styles['gone'],
        group !== null && (group === 'within' ? styles['sameOwner'] : styles['groupStart']),
      )}
      style={{ top }}
    >
      {row ? (
        <FileCells
          row={row}
          transfer={props.transfer}
          actions={props.actions}
          live={live}
          now={props.now}
          columns={columns}
        />
      ) : (
        <FileCellsLoading columns={columns} />
      )}
    </div>
  );
});
