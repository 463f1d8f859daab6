import type { CatalogueQuery } from '@enxame/shared/tracker/catalogue-query';
import { ArrowDown, ArrowUp } from 'lucide-react';
import styles from './file-grid.module.css';

export type Sort = Pick<CatalogueQuery, 'sort' | 'descending'>;

interface HeadProps {
  readonly column: CatalogueQuery['sort'];
  readonly text: string;
  readonly place: string;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
}

/** The name of a column; pressing it sorts by it, and again the other way round. */
export function ColumnHead({ column, text: label, place, sort, onSort }: HeadProps) {
  const current = sort.sort === column;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  // Words start with A to Z, amounts and dates with the largest and the newest.
  const first = column !== 'name' && column !== 'owner';
  return (
    <div
      role="columnheader"
      className={styles[place]}
      {...(current && { 'aria-sort': sort.descending ? ('descending' as const) : ('ascending' as const) })}
    >
      <button
        type="button"
        onClick={() => {
          onSort({ sort: column, descending: current ? !sort.descending : first });
        }}
      >
        {label}
        {current && <Arrow size={14} aria-hidden />}
      </button>
    </div>
  );
}
