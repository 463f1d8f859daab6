import type { ReactNode } from 'react';
import styles from './empty.module.css';

interface Props {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** One line of what, one of how, one button. */
export function Empty({ icon, title, children, actions }: Props) {
  return (
    <div className={styles['fill']}>
      <div className={styles['empty']}>
        {icon}
        <strong dir="auto">{title}</strong>
        {children}
        {actions !== undefined && <div className={styles['do']}>{actions}</div>}
      </div>
    </div>
  );
}

/** The place of something that is on its way. */
export function Skeleton({ width, round }: { width: number; round?: boolean }) {
  return (
    <span
      className={styles['skel']}
      style={round ? { width, height: width, borderRadius: width > 16 ? '50%' : 4 } : { width }}
    />
  );
}
