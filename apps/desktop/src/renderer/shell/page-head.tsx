import type { ReactNode } from 'react';
import styles from './shell.module.css';

/** The bar over a page: its name, then what can be done on all of it. Also where the window is dragged. */
export function PageHead({
  title,
  children,
  keepTitle = true,
}: {
  title: string;
  children?: ReactNode;
  keepTitle?: boolean;
}) {
  return (
    <header className={styles['bar']}>
      <h1 className={keepTitle ? undefined : styles['titleNarrow']}>{title}</h1>
      {children}
    </header>
  );
}
